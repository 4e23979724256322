import fc from 'fast-check';
import {type VirtqueueOptions} from '../../source/virtqueue/virtqueue-options.js';

/** One step of a random sequence. A step that is not legal where it stands is passed over. */
export type Operation =
	| {readonly op: 'add'; readonly out: number; readonly into: number; readonly noMemory: boolean}
	/** The choice, modulo what is there, says which popped buffer is pushed. */
	| {readonly op: 'push'; readonly choice: number; readonly length: number}
	| {readonly op: 'publish' | 'setNotification'; readonly all: boolean}
	| {
			readonly op:
				| 'kickPrepare'
				| 'getBuf'
				| 'disableCallback'
				| 'enableCallback'
				| 'enableCallbackPrepare'
				| 'enableCallbackDelayed'
				| 'interrupt'
				| 'reset'
				| 'pop'
				| 'shouldNotify';
	  };

export type Sequence = {
	readonly options: VirtqueueOptions;
	/**
	Buffers that went through the ring, one at a time and unkicked, before the first operation.
	*/
	readonly advance: number;
	readonly operations: readonly Operation[];
};

const size = fc.oneof(
	{weight: 12, arbitrary: fc.integer({min: 1, max: 20})},
	{weight: 3, arbitrary: fc.integer({min: 21, max: 300})},
	{weight: 1, arbitrary: fc.integer({min: 301, max: 32_768})},
);

/** Options of every kind: a split size is brought down to a power of two. */
export const options: fc.Arbitrary<VirtqueueOptions> = fc
	.record({
		layout: fc.constantFrom('split', 'packed'),
		size,
		eventIdx: fc.boolean(),
		indirect: fc.boolean(),
		callback: fc.oneof({weight: 4, arbitrary: fc.constant(true)}, {weight: 1, arbitrary: fc.constant(false)}),
	})
	.map(chosen => (chosen.layout === 'split' ? {...chosen, size: 1 << (31 - Math.clz32(chosen.size))} : chosen));

/**
Counts that bring the indices to interesting places: the start, the signed middle, and
just before the end of 16 bits.
*/
export const advance = fc.oneof(
	{weight: 6, arbitrary: fc.integer({min: 0, max: 40})},
	{weight: 1, arbitrary: fc.integer({min: 32_740, max: 32_790})},
	{weight: 2, arbitrary: fc.integer({min: 65_500, max: 65_550})},
);

const segments = fc.oneof(
	{weight: 6, arbitrary: fc.integer({min: 0, max: 4})},
	{weight: 1, arbitrary: fc.integer({min: 0, max: 40})},
);

const add = fc
	.record({
		op: fc.constant('add'),
		out: segments,
		into: segments,
		noMemory: fc.boolean(),
	})
	.filter(({out, into}) => out + into > 0);

const operation: fc.Arbitrary<Operation> = fc.oneof(
	{weight: 16, arbitrary: add},
	{weight: 20, arbitrary: fc.constant({op: 'pop'})},
	{weight: 16, arbitrary: fc.record({op: fc.constant('push'), choice: fc.nat(100), length: fc.nat(0xff_ff_ff_ff)})},
	{weight: 16, arbitrary: fc.record({op: fc.constant('publish'), all: fc.boolean()})},
	{weight: 12, arbitrary: fc.constant({op: 'getBuf'})},
	{weight: 4, arbitrary: fc.record({op: fc.constant('setNotification'), all: fc.boolean()})},
	{
		weight: 36,
		arbitrary: fc.record({
			op: fc.constantFrom(
				'kickPrepare',
				'kickPrepare',
				'shouldNotify',
				'shouldNotify',
				'interrupt',
				'disableCallback',
				'enableCallback',
				'enableCallbackPrepare',
				'enableCallbackDelayed',
			),
		}),
	},
	{weight: 1, arbitrary: fc.constant({op: 'reset'})},
);

export const sequence: fc.Arbitrary<Sequence> = fc.record({
	options,
	advance,
	operations: fc.array(operation, {minLength: 1, maxLength: 90, size: 'max'}),
});
