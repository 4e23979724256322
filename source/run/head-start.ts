import {type WrittenImage} from '../engine/written-image.js';
import {type Act} from './acts.js';
import {type Images} from './instruments.js';

/**
A run at a later time as plain data, which can be written to a file: another run of the same plan
begins there instead of simulating up to it. No parameter was changed before.
*/
export type HeadStart = {
	/** Identity of configuration and seed. */
	readonly plan: string;
	/** ns of simulated time. */
	readonly time: number;
	readonly eventHash: string;
	/** The event hash after each 2^16 events. */
	readonly hashes: readonly string[];
	/** Where instruments were cut. */
	readonly acts: readonly Act[];
	readonly simulation: WrittenImage;
	readonly instruments: Images;
	/** What instruments remember beside their images, by their names. */
	readonly memories: Images;
};
