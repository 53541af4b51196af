/**
 * The connections of the polls, for the change log and for the API keys. They must not wait for
 * those that are used up by statements that wait for locks: no cached read would be trusted.
 */
export const PROMPT_CONNECTIONS = 2;
