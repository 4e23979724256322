import {UserError} from '../errors/user-error.js';
import {PackedRing} from './packed-ring.js';
import {SplitRing} from './split-ring.js';
import {type VirtqueueOptions} from './virtqueue-options.js';

const largest = 32_768;

/**
A fresh virtqueue of the layout asked for.

A size outside 1 to 32768, or a split one that is no power of two, is a `UserError`
(clauses 2.7 and 2.8.10.1; virtio_ring.c refuses the same).
*/
export function createVirtqueue(options: VirtqueueOptions): SplitRing | PackedRing {
	const {layout, size} = options;
	if (!Number.isInteger(size) || size < 1 || size > largest) {
		throw new UserError(`queue size ${size}: must be a whole number from 1 to ${largest}`);
	}

	if (layout === 'split' && (size & (size - 1)) !== 0) {
		throw new UserError(`queue size ${size}: a split queue needs a power of two; a packed queue takes any size`);
	}

	return layout === 'split' ? new SplitRing(options) : new PackedRing(options);
}
