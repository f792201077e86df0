-- messaging: a provider's word is looked for within its town, like everything else of a town.
drop index message_provider_hook;
create unique index message_provider_hook on message_provider (municipality_id, hook_hash);
