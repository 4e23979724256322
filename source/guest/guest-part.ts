import {type Thread} from '../cpu/thread.js';

/** A part of the guest's code: threads are at its steps. */
export type GuestPart = {
	step(thread: Thread): void;
};
