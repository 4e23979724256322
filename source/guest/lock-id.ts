import {type Brand} from '../engine/brand.js';

/** A spinlock's number among those of the guest. */
export type LockId = Brand<'lock'>;
