import {expect, test} from 'vitest';
import {Recording} from '../../../source/session/recording/recording.js';
import {RecordingSubject} from '../../../source/session/recording/recording-subject.js';
import {type Controller} from '../../../source/session/controller.js';
import {UserError} from '../../../source/errors/user-error.js';
import {fixtureText, sourceOf} from '../../trace/trace-lines.js';
import {recordedBy, recordedDesk} from '../recorded-desk.js';
import {deskOf} from '../small-run.js';

async function open(name = 'base_paced_p0', isLive = false) {
	const desk = await recordedDesk(name, {isLive});
	desk.controller.fit(40);
	return desk;
}

function press(controller: Controller, ...keys: string[]): void {
	for (const key of keys) {
		controller.press(key);
	}
}

/** The columns that there are: the first, and the one after the last. */
const firstOf = ({subject, state}: Controller): number => subject.extent(state.column).first;
const lastOf = ({subject, state}: Controller): number => subject.extent(state.column).end;

test('a file is shown whole, in the shortest columns under which it fits, and again after a resize', async () => {
	const {controller, recording} = await open();
	expect(controller.stretch.span.isWhole).toBe(true);
	const {column} = controller.state;
	const {start, now} = recording.meter;
	const needed = (length: number) => Math.floor(now / length) - Math.floor(start / length) + 1;
	expect(needed(column)).toBeLessThanOrEqual(40);
	expect(needed(column - 100_000)).toBeGreaterThan(40);
	controller.fit(100);
	expect(controller.stretch.span.isWhole).toBe(true);
	expect(controller.state.column).toBeLessThan(column);
});

test('zooming keeps the middle, scrolling stays inside, and the ends say so', async () => {
	const {controller} = await open();
	const middleOf = () => ((controller.stretch.span.from + controller.stretch.span.to) / 2) * controller.state.column;
	press(controller, 'z');
	const {column} = controller.state;
	expect(column).toBe(10_000_000);
	press(controller, 'z', 'h');
	const middle = middleOf();
	press(controller, 'z');
	expect(controller.state.column).toBe(2_000_000);
	expect(Math.abs(middleOf() - middle)).toBeLessThanOrEqual(5_000_000);
	press(controller, 'g');
	expect(controller.stretch.span.from).toBe(firstOf(controller));
	press(controller, '[');
	expect(controller.state.notice?.text).toBe('this is the first that is recorded');
	press(controller, ']', '}');
	expect(controller.stretch.span.from).toBe(firstOf(controller) + 41);
	press(controller, '{', 'left', 'left');
	expect(controller.stretch.span.from).toBe(firstOf(controller));
	press(controller, 'G', 'right');
	expect(controller.state.notice?.text).toBe('this is the newest');
	expect(controller.stretch.span.follows).toBe(true);
	press(controller, ...Array.from({length: 12}, () => 'z'));
	expect(controller.state).toMatchObject({column: 100_000, notice: {text: 'finer than this nothing is kept'}});
	press(controller, ...Array.from({length: 20}, () => 'Z'));
	expect(controller.state).toMatchObject({
		column: 10_000_000_000,
		notice: {text: 'longer columns than this there are none'},
	});
	press(controller, 'a');
	expect(controller.stretch.span.isWhole).toBe(true);
});

test('a stream follows its last whole column, pauses where it is, and goes on', async () => {
	const {controller, recording} = await open('base_paced_p0', true);
	const {meter} = recording;
	recording.ended = false;
	const before = controller.stretch.span;
	expect(before.to).toBe(Math.floor(meter.now / 100_000_000));
	press(controller, 'space');
	meter.pass(meter.now + 10_000_000_000);
	expect(controller.stretch.span).toMatchObject({from: before.from, to: before.to, follows: false});
	press(controller, 'space');
	expect(controller.stretch.span.to).toBe(before.to + 100);
	recording.ended = true;
	press(controller, 'space');
	expect(controller.state.notice?.text).toBe('nothing runs: the recording has ended');
});

test('what is not kept any more can not be reached', async () => {
	const {controller, recording} = await open('base_paced_p0', true);
	const {meter} = recording;
	meter.pass(meter.now + 60_000_000_000);
	press(controller, ...Array.from({length: 6}, () => 'z'), 'g', '[');
	expect(controller.state.column).toBe(1_000_000);
	expect(controller.stretch.span.from * controller.state.column).toBeGreaterThan(meter.now - 13_200_000_000);
	expect(controller.state.notice?.text).toBe('this is the first that is kept at this zoom');
});

test('views, help, theme and the terminal have their keys; others do nothing', async () => {
	const {controller, log} = await open();
	press(controller, '4');
	expect(controller.state.view).toBe('latency');
	press(controller, '?', '1', 'z', 'w');
	expect(controller.state).toMatchObject({overlay: {kind: 'help'}, view: 'latency'});
	press(controller, 'esc', '1', 'T', 'F', 'p', 'enter', 'C-l', 'C-z', 'q', 'C-c');
	expect(controller.state).toMatchObject({overlay: undefined, view: 'overview', theme: 'night'});
	expect(log).toEqual(['redraw', 'suspend', 'quit', 'quit']);
});

test.each([
	['', 'trace.txt: it is empty; vqlab record --help says how to record'],
	['hello\n', /^trace\.txt: none of its 1 lines is an event/v],
	[
		'1@5.000001:virtqueue_pop vq 0x1 elem 0x2 in_num 1 out_num 1\n',
		/; it is a host's log: give it with --host, after the guest's recording$/v,
	],
	[
		' a-1 [000] ...1. 5.000001: virtio_gpu_cmd_queue: vdev=0 vq=0 name=control type=0x104 flags=0x0 ' +
			'fence_id=0 ctx_id=0 num_free=63 seqno=1\n',
		/^trace\.txt: 1 commands were queued, and none has its response/v,
	],
	[
		' a-1 [000] ...1. 5.000001: sys_enter: NR 1\n',
		/^trace\.txt: none of its 1 events is a command of a virtio-gpu guest/v,
	],
	['\u{17}\u{8}Dtracing and more', 'trace.txt: it is a trace.dat: trace-cmd report trace.dat > trace.txt'],
])('%j is refused in one line', async (text, message) => {
	const recording = new Recording({name: 'trace.txt', isLive: false, clock: () => 0});
	const reading = recording.read({...sourceOf(text), name: 'trace.txt'});
	await expect(reading).rejects.toThrow(UserError);
	await expect(reading).rejects.toThrow(message);
});

test('a stream that falls silent shows the column in which it did, and hides it again while it goes on', async () => {
	let clock = 0;
	const recording = new Recording({name: '-', isLive: true, clock: () => clock});
	await recording.read(sourceOf(fixtureText('base_paced_p0.guest'), 4096), () => recording.events >= 300);
	const {controller} = deskOf(new RecordingSubject({recording, clock: () => clock}));
	controller.fit(40);
	// A column of which the stream has filled most.
	const column = controller.subject.columnSteps.find(length => recording.meter.now % length > length / 2) ?? 0;
	controller.update({column});
	const whole = Math.floor(recording.meter.now / column);
	expect(lastOf(controller)).toBe(whole);
	const before = recordedBy(controller);
	clock = 1500;
	expect(lastOf(controller)).toBe(whole + 1);
	const after = recordedBy(controller);
	expect(after.silent).toBe(1);
	expect(after.to).toBeGreaterThan(before.to);
	expect(after.lines['throughput.submitted']?.at(-1)).not.toBeNull();
	recording.heardAt = clock;
	expect(lastOf(controller)).toBe(whole);
});

test('a palette runs what a recording can do, and undo goes back to what was shown', async () => {
	const {controller} = await open();
	const ids = controller.offered.map(({id}) => id);
	expect(ids).toEqual(expect.arrayContaining(['history.back', 'chart.zoomIn', 'view.latency', 'edit.undo']));
	expect(ids.filter(id => id.startsWith('params.') || id === 'file.save' || id === 'time.faster')).toEqual([]);
	const whole = controller.stretch.span;
	press(controller, ':', ...'zoom in', 'enter');
	expect(controller.stretch.span.column).toBeLessThan(whole.column);
	press(controller, '[', 'u', 'u');
	expect(controller.stretch.span).toEqual(whole);
	press(controller, 'C-r');
	expect(controller.stretch.span.column).toBeLessThan(whole.column);
	press(controller, 'u', 'u');
	expect(controller.state.notice?.text).toBe('nothing to undo');
	press(controller, ':', ...'zzz 1', 'enter');
	expect(controller.state.overlay).toHaveProperty('error', 'nothing is called "zzz 1"');
});
