export const en = {
  tabs: 'Message office',
  'tab-list': 'Messages',
  'tab-trouble': 'Need a look',
  'tab-post': 'Post',
  'tab-templates': 'Templates',
  'tab-providers': 'Providers',
  'tab-figures': 'Monthly figures',
}
