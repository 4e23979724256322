import {expect, test} from 'vitest';
import {runExportCommand} from '../../source/commands/export.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {type ParameterValue} from '../../source/parameters/configuration.js';
import {type Controller} from '../../source/session/controller.js';
import {type ExportOverlay} from '../../source/session/interface-state.js';
import {type Session} from '../../source/session/session.js';
import {runDesk, sessionOf, shippedPreset} from './small-run.js';

const preset = 'seed-2019-kick-under-lock';

function open() {
	return runDesk(sessionOf(shippedPreset(preset), {speed: 1}));
}

/** As `--change` takes them; the changes here are words and numbers. */
function settingsText(set: Readonly<Record<string, ParameterValue>>): string {
	return Object.entries(set)
		.map(([key, value]) => `${key}=${typeof value === 'object' ? '' : String(value)}`)
		.join(' ');
}

/** Lets the clock run for so many ms. */
function run(session: Session, milliseconds: number): void {
	for (let wall = 0; wall < milliseconds; wall += 7) {
		for (let pace = session.advance(7); pace === 'behind';) {
			pace = session.advance(0);
		}
	}
}

function overlayOf(controller: Controller): ExportOverlay {
	const {overlay} = controller.state;
	if (overlay?.kind !== 'export') {
		throw new Error('the overlay is not open');
	}

	return overlay;
}

function press(controller: Controller, ...keys: string[]): void {
	for (const key of keys) {
		controller.press(key);
	}
}

test.each([
	[0, 'perfetto', 'json'],
	[1, 'ftrace', 'txt'],
	[2, 'csv', 'csv'],
] as const)(
	'after %i Tabs the saved file is the headless export of the same run and window, %s',
	async (tabs, format, extension) => {
		const {controller, session, files} = open();
		run(session, 130);
		press(controller, 'right');
		run(session, 60);
		press(controller, '/', ...'event idx', 'enter', 'right', '.', 'u', 'space');
		run(session, 80);
		press(controller, 'w', ...Array.from({length: tabs}, () => 'tab'), 'down', 'enter');
		expect(overlayOf(controller)).toMatchObject({format: {id: format}, length: 10_000_000});
		for (let turns = 0; controller.working && turns < 1000; turns++) {
			controller.work(700);
		}

		const name = `${preset}-last-10ms-at-${Math.floor(session.now / 1000)}us.${extension}`;
		expect(controller.state.notice).toEqual({
			text: expect.stringContaining(`saved ${name}, `) as unknown,
			bad: false,
		});
		expect(controller.state.overlay).toBeUndefined();
		const {changes} = session.run.timeline;
		expect(changes).toHaveLength(3);
		const {output} = await runExportCommand([preset], {
			to: format,
			settings: [`warmup=${session.now - 10_000_000}ns`, 'duration=10ms', 'seed=1'],
			change: changes.map(({at, set}) => `${at}ns ${settingsText(set)}`),
			interrupt: new Interrupt(),
		});
		expect(output.length).toBeGreaterThan(5000);
		expect(files.written.get(name) === output).toBe(true);
	},
);

test('a run that is shorter than the window is saved whole; one that has not begun is not', () => {
	const {controller, session, files} = open();
	press(controller, 'w', 'enter');
	expect(overlayOf(controller).error).toBe('nothing has been simulated yet: let it run, then save');
	press(controller, 'esc');
	run(session, 5);
	press(controller, 'w', 'tab', 'enter');
	while (controller.working) {
		controller.work(1000);
	}

	expect([...files.written.values()][0]).toMatch(/^# tracer: nop\n[\s\S]* num_free=63 seqno=1\n/v);
});

test('what is there is not overwritten, a name is needed, and Esc gives up', () => {
	const {controller, session, files} = open();
	run(session, 30);
	files.write('mine.json', 'precious');
	press(controller, 'w', 'C-u', 'enter');
	expect(overlayOf(controller).error).toBe('a file needs a name, as in last.json');
	press(controller, ...'mine.json', 'enter');
	expect(overlayOf(controller)).toMatchObject({
		error: 'choose another name: "mine.json" is there already',
		progress: undefined,
	});
	expect(controller.working).toBe(false);
	press(controller, ...'2', 'tab', 'enter');
	expect(overlayOf(controller)).toMatchObject({text: 'mine.json2', format: {id: 'ftrace'}, progress: 0});
	controller.work(10);
	expect(overlayOf(controller).progress).toBeGreaterThan(0);
	press(controller, 'x', 'tab', 'esc');
	expect(controller.state.overlay).toBeUndefined();
	expect(controller.working).toBe(false);
	expect([...files.written.entries()]).toEqual([['mine.json', 'precious']]);
});

test('the window keeps to its lengths, and the name follows until it is typed', () => {
	const {controller, session} = open();
	run(session, 30);
	press(controller, 'w', ...Array.from({length: 20}, () => 'down'));
	expect(overlayOf(controller)).toMatchObject({
		length: 1_000_000,
		text: expect.stringContaining('-last-1ms-at-') as unknown,
	});
	press(controller, ...Array.from({length: 20}, () => 'up'));
	expect(overlayOf(controller)).toMatchObject({
		length: 1_000_000_000,
		text: expect.stringContaining('-last-1s-at-') as unknown,
	});
	press(controller, 'C-u', ...'a.txt', 'down');
	expect(overlayOf(controller)).toMatchObject({length: 500_000_000, text: 'a.txt'});
});
