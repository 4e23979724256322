import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {UserError} from '../../source/errors/user-error.js';
import {calibration} from '../../source/calibration/calibration.js';
import {GuestRecording} from '../../source/trace/recording/guest-recording.js';
import {HostRecording} from '../../source/trace/recording/host-recording.js';
import {readTrace, type TraceSummary} from '../../source/trace/reader/read-trace.js';
import {type TraceEvent} from '../../source/trace/reader/trace-event.js';
import {fixtureText, sourceOf} from './trace-lines.js';

const guest = fixtureText('base_paced_p0.guest');
const host = fixtureText('base_paced_p0.host');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const eitherText = fc.constantFrom(guest, host);

type Outcome = {
	readonly events: readonly TraceEvent[];
	readonly summary: TraceSummary | null;
	readonly complaint: string;
};

/**
What a reading leaves, or the one line that the user gets. Whatever else is thrown fails the test.
*/
async function read(bytes: Uint8Array | string): Promise<Outcome> {
	const events: TraceEvent[] = [];
	try {
		const summary = await readTrace(sourceOf(bytes, 3000), {
			onEvent(event) {
				events.push(event);
			},
		});
		return {events, summary, complaint: ''};
	} catch (error) {
		expect(error).toBeInstanceOf(UserError);
		expect(String(error)).not.toMatch(/\n|\bat /v);
		return {events, summary: null, complaint: error instanceof UserError ? error.message : ''};
	}
}

/** Every line is counted once, and what is not known or out of order is said with its number. */
function expectHonest({summary, complaint}: Outcome): void {
	if (summary === null) {
		expect(complaint).toMatch(/^memory\.txt: /v);
		return;
	}

	const said = summary.warnings.join('\n');
	expect([...summary.counts.values()].reduce((sum, count) => sum + count, 0)).toBe(summary.lines);
	expect(summary.counts.get('(unknown)') ?? 0).toBe(summary.unknown);
	expect(summary.unknown === 0 || said.includes(`${summary.unknown} of ${summary.lines} lines are no events`)).toBe(
		true,
	);
	expect(summary.lost === 0 || said.includes(`${summary.lost} events or more were lost`)).toBe(true);
}

/** Calibrating what was read gives estimates or one line. */
function expectCalibrates({events}: Outcome): void {
	const recording = new GuestRecording();
	const hostRecording = new HostRecording();
	for (const event of events) {
		recording.add(event);
		hostRecording.add(event);
	}

	for (const beside of [null, hostRecording]) {
		try {
			expect(calibration(recording, beside, 0, {}).materials.length).toBeGreaterThan(0);
		} catch (error) {
			expect(error).toBeInstanceOf(UserError);
			expect(String(error)).not.toContain('\n');
		}
	}
}

async function expectRobust(bytes: Uint8Array | string): Promise<Outcome> {
	const outcome = await read(bytes);
	expectHonest(outcome);
	expectCalibrates(outcome);
	return outcome;
}

test('cut anywhere', async () => {
	await fc.assert(
		fc.asyncProperty(eitherText, fc.nat(40_000), fc.nat(40_000), async (text, from, length) => {
			await expectRobust(bytesOf(text).subarray(from, from + length));
		}),
		{numRuns: 60},
	);
});

test('lines in any order: all are known, and those too early are counted', async () => {
	const lines = fc.tuple(eitherText, fc.nat(400)).chain(([text, from]) => {
		const part = text
			.split('\n')
			.slice(from, from + 250)
			.filter(line => line !== '');
		return fc.shuffledSubarray(part, {minLength: part.length, maxLength: part.length});
	});
	await fc.assert(
		fc.asyncProperty(lines, async shuffled => {
			const {summary} = await expectRobust(`${shuffled.join('\n')}\n`);
			expect(summary?.unknown ?? 0).toBe(0);
			let latest = -Infinity;
			let early = 0;
			const times = shuffled
				.map(line => Number(/(\d+\.\d{6}):/v.exec(line)?.[1] ?? Number.NaN))
				.filter(time => !Number.isNaN(time));
			for (const time of times) {
				early += time < latest - 0.001 ? 1 : 0;
				latest = Math.max(latest, time);
			}

			// A line that is just 1 ms early may round either way.
			const said = Number(/(\d+) events are out of order/v.exec(summary?.warnings.join('\n') ?? '')?.[1] ?? 0);
			expect(Math.abs(said - early)).toBeLessThanOrEqual(1);
		}),
		{numRuns: 40},
	);
});

test('other events only: read to the end, and refused for want of commands', async () => {
	const names = fc.array(
		fc.constantFrom('mm_page_alloc', 'sys_enter_ioctl', 'net_dev_xmit', 'kmalloc', 'hrtimer_start'),
		{minLength: 1, maxLength: 5},
	);
	await fc.assert(
		fc.asyncProperty(names, async others => {
			let next = 0;
			const text = guest.replaceAll(
				/(?<=\d: )[a-z_]+: .*$/gmv,
				() => `${others[next++ % others.length]}: a=1 b=0x2`,
			);
			const {summary, events} = await expectRobust(text);
			expect(summary?.unknown).toBe(0);
			expect(new Set(events.map(({payload}) => payload.name))).toEqual(new Set(['other']));
			const recording = new GuestRecording();
			for (const event of events) {
				recording.add(event);
			}

			expect(() => calibration(recording, null, 0, {})).toThrow(
				/^the recording has 0 commands of working clients/v,
			);
		}),
		{numRuns: 10},
	);
});

test('decimal commas and carriage returns, together or not, change nothing', async () => {
	await fc.assert(
		fc.asyncProperty(eitherText, fc.boolean(), fc.boolean(), async (text, comma, carriage) => {
			const local = comma ? text.replaceAll(/(?<=\d)\.(?=\d{6}:)/gv, ',') : text;
			const outcome = await expectRobust(carriage ? local.replaceAll('\n', '\r\n') : local);
			const plain = await read(text);
			expect(outcome.events).toEqual(plain.events);
			expect(outcome.summary?.unknown).toBe(0);
		}),
		{numRuns: 8},
	);
});

test('binary in the middle costs the lines that it hits', async () => {
	const hole = fc.record({
		text: eitherText,
		at: fc.nat(30_000),
		bytes: fc.uint8Array({minLength: 1, maxLength: 2000}),
	});
	await fc.assert(
		fc.asyncProperty(hole, async ({text, at, bytes}) => {
			const all = bytesOf(text);
			const broken = new Uint8Array(all.length + bytes.length);
			broken.set(all.subarray(0, at));
			broken.set(bytes, at);
			broken.set(all.subarray(at), at + bytes.length);
			const {events} = await expectRobust(broken);
			const plain = await read(text);
			expect(events.length).toBeGreaterThanOrEqual(plain.events.length - 2);
		}),
		{numRuns: 40},
	);
});

test('a gzip file that is cut or flipped anywhere', async () => {
	const packed = gzipSync(guest);
	await fc.assert(
		fc.asyncProperty(fc.nat(packed.length - 1), fc.integer({min: 1, max: 255}), async (at, mask) => {
			await expectRobust(packed.subarray(0, at));
			const flipped = Uint8Array.from(packed);
			flipped[at] ^= mask;
			await expectRobust(flipped);
		}),
		{numRuns: 40},
	);
});

test('nothing, blank lines, and only binary', async () => {
	const nothing = await expectRobust('');
	expect(nothing.complaint).toBe('memory.txt: it is empty; vqlab record --help says how to record');
	const blank = await expectRobust('\n\n\r\n');
	expect(blank.complaint).toContain('none of its 3 lines is an event');
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({minLength: 1, maxLength: 4000}), async bytes => {
			await expectRobust(bytes);
		}),
		{numRuns: 60},
	);
});
