/** Words of the list of what the town confirms. */
export const en = {
  title: 'For the town to confirm',
  sub: 'These values come from a general guide. Confirm what holds here, with its ground; what does not is changed in the service itself.',
  back: 'Settings',
  progress: '{done} of {all} confirmed',
  'all-done': 'Everything the services assume is confirmed.',
  'all-done-next': 'What a new service or a new version assumes appears here.',
  waiting: '{count, plural, one {one left} other {# left}}',
  'time-is': 'Time needed: {time}',
  shared: 'Shared by several services',
  'in-services': 'in {count} services',
  ground: 'Ground',
  'ground-hint': 'Council decision 31/2026, or the office’s instructions',
  confirm: 'Confirm',
  confirmed: 'Confirmed: {ground}',
  said: 'Confirmed.',
  fees: 'Fees and rates are confirmed in the settings',
} as const
