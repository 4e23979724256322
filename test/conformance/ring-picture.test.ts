import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {createVirtqueue} from '../../source/virtqueue/create-virtqueue.js';
import {type RingPicture, ringPicture, slotStates, type SlotState} from '../../source/virtqueue/ring-picture.js';
import {parseHeader, stateWords, type VectorHeader} from './header.js';
import {readLines} from './lines.js';
import {Replay} from './replay.js';
import {type Ring} from './state.js';
import {parseStep, type Step} from './step.js';
import {findVectorFiles} from './vector-file.js';

const files = await findVectorFiles([fileURLToPath(new URL('../fixtures/conformance', import.meta.url))]);

type Words = Readonly<Record<string, number>>;

/** The words of a step's recorded memory by name. */
function wordsOf(header: VectorHeader, step: Step): Words {
	const values = step.expected.st as ReadonlyArray<number | null>;
	return Object.fromEntries(stateWords[header.ring].map((name, index) => [name, values[index] ?? -1]));
}

/**
The state of each place, one after the other from where the driver reaps,
from the recorded words alone.
*/
function slotsOf({ring, size}: VectorHeader, words: Words): SlotState[] {
	const slots = Array.from({length: size}, (): SlotState => 'free');
	if (ring === 'split') {
		const fill = (from: number, to: number, state: SlotState): void => {
			for (let index = from; index !== to; index = (index + 1) & 0xff_ff) {
				slots[index % size] = state;
			}
		};

		fill(words.last_used, words.used_idx, 'used');
		fill(words.used_idx, words.last_avail, 'popped');
		fill(words.last_avail, words.avail_idx, 'visible');
		return slots;
	}

	let [at, wrap] = [words.last_used, words.used_wrap];
	const fill = (to: number, toWrap: number, state: SlotState): void => {
		while (at !== to || wrap !== toWrap) {
			slots[at] = state;
			at++;
			if (at === size) {
				at = 0;
				wrap ^= 1;
			}
		}
	};

	fill(words.host_used, words.host_used_wrap, 'used');
	fill(words.host_avail, words.host_avail_wrap, 'popped');
	fill(words.next_avail, words.avail_wrap, 'visible');
	return slots;
}

/** What the picture says under the names of the recorded words. */
function saidOf({layout, avail, reaped, used, popped, irqAt, kickAt, numFree}: RingPicture, words: Words): Words {
	if (layout === 'split') {
		return {
			avail_idx: avail.value,
			used_idx: used.value,
			last_used: reaped.value,
			last_avail: popped.value,
			num_free: numFree,
			used_event: irqAt?.value ?? words.used_event,
			avail_event: kickAt?.value ?? words.avail_event,
		};
	}

	return {
		next_avail: avail.value,
		avail_wrap: avail.lap,
		last_used: reaped.value,
		used_wrap: reaped.lap,
		host_avail: popped.value,
		host_avail_wrap: popped.lap,
		host_used: used.value,
		host_used_wrap: used.lap,
		num_free: numFree,
		drv_off_wrap: irqAt === undefined ? words.drv_off_wrap : irqAt.value + irqAt.lap * 0x80_00,
		dev_off_wrap: kickAt === undefined ? words.dev_off_wrap : kickAt.value + kickAt.lap * 0x80_00,
	};
}

/** Flags as the picture should read them. */
function flagsOf({ring, event_idx: eventIdx}: VectorHeader, words: Words): readonly [irqs: string, kicks: string] {
	const modes = ['on', 'off', 'event'];
	return ring === 'packed'
		? [modes[words.drv_flags], modes[words.dev_flags]]
		: eventIdx
			? ['event', 'event']
			: [modes[words.avail_flags], modes[words.used_flags]];
}

test.each(files.map(file => [path.basename(file), file]))(
	'the picture of the ring agrees with its memory at every step of %s',
	async (_, file) => {
		let replay: Replay | undefined;
		let header: VectorHeader | undefined;
		const rings: Ring[] = [];
		let number = 0;
		let before: RingPicture | undefined;
		let predicted = 0;
		/** An add that took one descriptor, and what was predicted of it. */
		let added: boolean | undefined;
		let pushed: boolean | undefined;
		for await (const text of readLines(file)) {
			if (replay === undefined || header === undefined) {
				header = parseHeader(text);
				replay = new Replay(header, options => {
					const ring = createVirtqueue(options);
					rings.push(ring);
					return ring;
				});
				continue;
			}

			const step = parseStep(text, number++);
			expect(replay.step(step)).toBeNull();
			const picture = ringPicture(rings[0]);
			const words = wordsOf(header, step);
			const said = saidOf(picture, words);
			const names = Object.keys(said);
			// eslint-disable-next-line @typescript-eslint/no-loop-func -- called before the loop goes on
			const told = (of: Words, slots: readonly SlotState[], flags: readonly string[]): string =>
				[number, ...names.map(name => `${name} ${of[name]}`), ...flags, ...slots].join(' ');
			expect(told(said, slotStates(picture), [picture.irqs, picture.kicks])).toBe(
				told(words, slotsOf(header, words), flagsOf(header, words)),
			);

			const {op} = step.operation;
			if (op === 'kick_prepare' && added !== undefined) {
				expect(`${number} kick ${String(added)}`).toBe(`${number} kick ${String(step.expected.ret)}`);
				predicted++;
			}

			if (op === 'should_notify' && pushed !== undefined) {
				expect(`${number} irq ${String(pushed)}`).toBe(`${number} irq ${String(step.expected.ret)}`);
				predicted++;
			}

			added = op === 'add' && step.expected.slots === 1 ? before?.kickNext : undefined;
			const isOne = op === 'publish' && before !== undefined && picture.counts.used === before.counts.used + 1;
			pushed = isOne ? before?.irqNext : undefined;
			before = picture;
		}

		expect(number).toBeGreaterThan(2000);
		expect(predicted).toBeGreaterThan(10);
	},
);
