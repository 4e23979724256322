/** What one side of a ring asks of the other: word of everything, of nothing, or of one entry. */
export type Suppression = 'on' | 'off' | 'event';

/** By the flags of an event suppression structure of a packed ring, clause 2.8.10. */
export const descriptorModes: readonly Suppression[] = ['on', 'off', 'event'];
