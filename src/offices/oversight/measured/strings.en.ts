import type { ar } from './strings.ar.ts'

/** Texts of what was measured, and what it means for a town. */
export const en: Record<keyof typeof ar, string> = {
  title: 'What the program bears',
  intro:
    'The program was measured on one small machine; here is what that means for a town. Each sentence is reckoned from the report that was kept.',
  'not-yet': 'No measurement has been kept yet.',
  'not-yet-more':
    'Once a report is kept with a version of the program, what it means stands here. No figure is written before.',
  'run-on':
    'Measured on {date} on a machine with {cores, plural, one {# core} other {# cores}} and {memory, number} GB of memory, which held the database, the pages and whoever put the load on them.',
  'caveat-changed': 'Measured on code with changes that are not committed: nobody can repeat it as it was.',
  'caveat-busy':
    'The machine was busy with other work when the run began: times are longer than on a calm one.',
  'caveat-broken': 'A part of the run did not come to its end. Each part is named with what became of it.',
  'caveat-earlier-faults':
    'The fault scripts ran on an earlier state of the program, named with each; all else was measured on this one.',
  'caveat-quick': 'A quick run: fewer rounds, and parts left out.',

  'town-title': 'A town of {people, number}',
  'nation-title': 'The whole nation: {people, number}',
  'town-figure-day': 'requests on a working day',
  'town-figure-share': 'of the machine’s time, in the busiest hour',
  'town-figure-machines': 'machines like the one measured',
  'town-day':
    'Were everybody there to file one request a year, {count, plural, one {# would come} other {# would come}} on a working day.',
  'town-moment': 'Were they all to come at once, the machine would take them in within a second.',
  'town-seconds':
    'Were they all to come at once, the machine would take them in within {count, plural, one {# second} other {# seconds}}.',
  'town-minutes':
    'Were they all to come at once, the machine would take them in within {count, plural, one {# minute} other {# minutes}}.',
  'town-idle': 'In the busiest hour of the busiest day that is less than one percent of the machine’s time.',
  'town-busy':
    'In the busiest hour of the busiest day that is {percent, number} percent of the machine’s time.',
  'town-over': 'In the busiest hour of the busiest day that is more than one machine gives.',
  'town-one': 'One machine like the one measured is enough, with half of it at least left free.',
  'town-machines':
    '{count, plural, one {# machine} other {# machines}} like the one measured are needed for none to be busy more than half of its time.',
  'town-unknown': 'Too little was measured to say how many machines it needs.',
  'nation-note':
    'This reckons strength; it is no plan. A whole nation is spread over machines, each with another to take its place.',

  'people-title': 'How many people at once, and how long a page takes',
  'people-at-once':
    'With half of it left free, the machine bears {count, plural, one {# person} other {# people}} turning pages at once, each opening one every twenty seconds. Reckoned from what a page costs.',
  'people-signed-in':
    '{people, plural, one {# person was} other {# people were}} signed in at once: of twenty pages, nineteen came within {ms, plural, one {# thousandth} other {# thousandths}} of a second.',
  'people-signed-in-slow':
    '{people, plural, one {# person was} other {# people were}} signed in at once: of twenty pages, nineteen came within {seconds, number} seconds. That is slower than we want.',
  'people-inbox':
    'An officer’s list of what is to be done, in a town of {requests, number} requests, opens within {ms, plural, one {# thousandth} other {# thousandths}} of a second, nineteen times of twenty.',
  'people-weight':
    'The heaviest page somebody opens for the first time is {kb, number} kilobytes. Over a slow third-generation network (400 kilobits a second) it arrives in {tenths, number} seconds.',
  'people-unknown': 'How long pages take was not measured in this report.',

  'current-title': 'When the current fails',
  'current-kept':
    'The program and its database were killed {kills, plural, one {once} other {# times}} in the midst of work. Nothing that somebody had been told had arrived was lost, and nothing was entered twice.',
  'current-lost':
    'The program and its database were killed {kills, plural, one {once} other {# times}} in the midst of work. {lost, plural, one {One thing was} other {# things were}} lost or entered twice: a fault we are to mend.',
  'current-unknown':
    'No test of failing current is in this report. It is run apart, by another command: npm run faults.',
  'current-start':
    'When the current is back the program rises by itself, and is open {count, plural, one {# second} other {# seconds}} after it was started.',
  'current-again':
    'Whoever sent something and got no answer sends it again without fear: it is not counted twice.',

  'not-title': 'What was not measured',
  'not-parts': 'Left out of this run: {parts}.',
  'not-ended': 'Begun and not brought to its end: {parts}.',
  'not-network': 'The network between a home and the town is not in these times, but where we name it.',
  'not-people':
    'This is a machine put under load on purpose. A working day of a real municipality is another matter, and is yet to be measured.',

  'assumed-title': 'What was assumed',
  'assumed-year':
    'One request a year for each person. A city of about 600,000 enters about 50 cases a day at its service department, a fiftieth of that.',
  'assumed-busy':
    'The busiest day is three usual ones, a quarter of it comes in one hour, and a year has 250 working days.',
  'assumed-pages':
    'With each request fifty pages are opened, by whoever filed it and by the staff, at the cost of a citizen’s home.',

  'again-title': 'Run it yourself',
  again:
    'The program is open source. This command measures it on your machine and writes its report with pictures.',

  'part-catalogue': 'The guide of services',
  'part-filing': 'Filing requests',
  'part-starts': 'Starting',
  'part-memory': 'Memory',
  'part-first-page': 'The first page',
  'part-lighthouse': 'Citizens’ pages on a slow telephone',
  'part-pages': 'Pages',
  'part-messages': 'Sending messages',
  'part-incoming': 'Messages that come in',
  'part-seal': 'The sealed record',
  'part-backup': 'Backup',
  'part-bulletins': 'Telling many at once',
  'part-import-file': 'Reading a file of another program',
  'part-timing': 'Whether time tells who is registered',
  'part-access': 'What the wall of access costs',
  'part-country': 'A whole country',
  'part-statistics': 'Figures of a large town',
  'part-shapes': 'Shapes of load',
  'part-scale': 'Several processes side by side',
  'part-fuzz': 'Hostile input',
  'part-faults': 'Faults',
}
