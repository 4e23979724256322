import {stripVTControlCharacters} from 'node:util';
import {renderToString} from 'ink';
import {expect, test} from 'vitest';
import {formatCount, formatDuration, formatPerSecond} from '../../source/charts/format-number.js';
import {DeskScreen} from '../../source/dashboard/screen.js';
import {ScreenView} from '../../source/dashboard/components/screen-view.js';
import {readFixture} from '../meter/recorded.js';
import {recordedDesk} from '../session/recorded-desk.js';

const sizes = [
	[80, 24],
	[120, 36],
	[200, 60],
] as const;

type Options = {readonly ascii?: boolean; readonly beside?: string; readonly isLive?: boolean};

async function open(name: string, columns: number, rows: number, {ascii = false, ...options}: Options = {}) {
	const {controller, recording} = await recordedDesk(name, options);
	const screen = new DeskScreen({
		controller,
		capabilities: {unicode: !ascii, color: 'none'},
		clock: () => 0,
		size: {columns, rows},
	});
	const lines = () =>
		stripVTControlCharacters(renderToString(<ScreenView frame={screen.frame} />, {columns}))
			.split('\n')
			.map(line => line.trimEnd());
	return {
		screen,
		controller,
		recording,
		lines,
	};
}

test.each(sizes)('a recording at %ix%i is what it was: overview, latency, help', async (columns, rows) => {
	const {screen, lines} = await open('base_flood1_p2', columns, rows);
	expect(lines().join('\n')).toMatchSnapshot('overview');
	screen.press('4');
	expect(lines().join('\n')).toMatchSnapshot('latency');
	screen.press('1');
	screen.press('?');
	expect(lines().join('\n')).toMatchSnapshot('help');
});

test.each(sizes)('the model beside it at %ix%i is what it was', async (columns, rows) => {
	const {lines} = await open('base_paced_p0', columns, rows, {beside: 'compositor-60hz'});
	expect(lines().join('\n')).toMatchSnapshot();
});

test.each(sizes)('every row fits, in both character sets, at %ix%i', async (columns, rows) => {
	for (const ascii of [false, true]) {
		const {screen, lines} = await open('base_xfer1_p0', columns, rows, {ascii}); // eslint-disable-line no-await-in-loop -- one after the other
		for (const key of ['1', '4', '?']) {
			screen.press(key);
			const shown = lines();
			expect(shown.length).toBeLessThanOrEqual(rows - 1);
			expect(Math.max(...shown.map(line => line.length))).toBeLessThanOrEqual(columns);
			if (ascii) {
				expect(shown.join('\n')).toMatch(/^[\n -~]*$/v);
			}
		}
	}
});

/** What the frames of the charts must say of a stretch, counted from the list of commands. */
function counted(name: string, from: number, to: number) {
	const {meter, guest} = readFixture(name);
	const [begin, end] = [Math.max(from, meter.start), Math.min(to, meter.now)];
	const commands = guest.commands.filter(({queue}) => queue === 0);
	const answered = commands.filter(({responded}) => responded !== null && responded >= from && responded < to);
	let inFlight = 0;
	for (const {published, responded} of commands) {
		inFlight += Math.max(0, Math.min(responded ?? end, end) - Math.max(published, begin));
	}

	const waited = guest.waits.reduce(
		(sum, {start, end: until}) => sum + Math.max(0, Math.min(until, end) - Math.max(start, begin)),
		0,
	);
	const latencies = answered.map(({published, responded}) => (responded ?? 0) - published);
	return {
		responses: `${formatCount((answered.length * 1e9) / (end - begin))} /s`,
		inFlight: `${formatPerSecond(inFlight / (end - begin))} cmds`,
		waits: `${formatPerSecond((waited / (end - begin)) * 1000)} ms/s`,
		mean: `mean ${formatDuration(latencies.reduce((sum, value) => sum + value, 0) / latencies.length)}`,
		count: `n ${formatCount(answered.length)}`,
	};
}

test.each([
	['base_flood1_p2', []],
	['base_flood1_p2', ['z', 'z', '{']],
	['base_flood1_p1', ['z', 'h', 'h']],
] as const)(
	'%s after %j: the figures on the screen are those counted over the same stretch of the file',
	async (name, keys) => {
		const {screen, controller, lines} = await open(name, 120, 36);
		for (const key of keys) {
			screen.press(key);
		}

		const {from, to, column, isWhole} = controller.stretch.span;
		const expected = counted(name, from * column, to * column);
		const text = lines();
		const title = (word: string) => text.find(line => line.includes(`╭ ${word} `)) ?? '';
		expect(title('Responses')).toContain(` ${expected.responses} ╮`);
		expect(title('In flight')).toContain(` ${expected.inFlight} ╮`);
		expect(title('Waits for qlock')).toContain(` ${expected.waits} ╮`);
		expect(title('From publication to response')).toContain(expected.mean);
		expect(title('From publication to response')).toContain(`${expected.count} ╮`);
		expect(isWhole).toBe(keys.length === 0);
	},
);

test('a frame is drawn only when something visible has changed', async () => {
	const {screen} = await open('base_paced_p0', 120, 36);
	expect(screen.refresh()).toBe(false);
	let frames = 0;
	screen.subscribe(() => {
		frames++;
	});
	screen.press('w');
	// A key that does nothing here says so.
	expect(frames).toBe(1);
	expect(screen.refresh()).toBe(false);
	screen.press('z');
	expect(frames).toBe(2);
});

test('every size of terminal has a frame of its size', async () => {
	const {screen} = await open('base_paced_p0', 120, 36);
	for (let columns = 1; columns <= 220; columns += 31) {
		for (let rows = 1; rows <= 70; rows += 7) {
			screen.resize({columns, rows});
			for (const key of ['4', '?', 'esc', '1']) {
				screen.press(key);
				expect(screen.frame.rows).toHaveLength(Math.max(1, rows - 1));
			}
		}
	}
});

test('a stream that was paused, one that ended, and one that is silent say so', async () => {
	const {screen, recording, lines} = await open('base_paced_p0', 120, 36, {isLive: true});
	expect(lines()[0]).toContain('‖ stream ended');
	recording.ended = false;
	screen.press('l');
	expect(lines()[0]).toContain('► live');
	recording.heardAt = -7500;
	screen.refresh();
	expect(lines()[0]).toContain('► silent 7 s');
	screen.press('space');
	expect(lines()[0]).toContain('‖ paused');
});
