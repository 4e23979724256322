import {expect, test} from 'vitest';
import {Interrupt} from '../../source/commands/interrupt.js';
import {readRecordings} from '../../source/commands/read-recordings.js';
import {Distribution} from '../../source/engine/distribution.js';
import {noProgress} from '../../source/terminal/progress-line.js';
import {calibration, type Calibration} from '../../source/calibration/calibration.js';
import {guestPasses} from '../../source/calibration/guest-passes.js';
import {type GuestRecording} from '../../source/trace/recording/guest-recording.js';
import {fixture} from '../trace/trace-lines.js';

async function read(name: string): Promise<{
	readonly guest: GuestRecording;
	readonly alone: Calibration;
	readonly both: Calibration;
}> {
	const {guest, host} = await readRecordings(
		{guest: fixture(`${name}.guest`), host: fixture(`${name}.host`), device: undefined},
		new Interrupt(),
		noProgress,
	);
	return {guest, alone: calibration(guest, null, 2, {}), both: calibration(guest, host, 2, {})};
}

function rank({materials}: Calibration, key: string, at: number): number {
	const value = materials[0].estimates.find(estimate => estimate.key === key)?.value;
	return typeof value === 'object' && value !== null && 'kind' in value ? new Distribution(value).at(at) : Number.NaN;
}

test.each(['base_flood1_p1', 'base_flood1_p2'])(
	'%s: the guest alone shows how long its doorbells were held, as a log of its host does',
	async name => {
		const {alone, both} = await read(name);
		for (const at of [0.75, 0.95, 0.99]) {
			const ratio = rank(alone, 'host.cost.kickPreempt', at) / rank(both, 'host.cost.kickPreempt', at);
			expect([at, ratio > 0.7 && ratio < 1.5]).toEqual([at, true]);
		}
	},
);

test.each(['base_flood1_p1', 'base_flood1_p2', 'base_xfer1_p0'])(
	'%s: the guest alone shows its host within a factor of two',
	async name => {
		const {alone, both} = await read(name);
		for (const key of ['host.cost.loopWake', 'host.cost.apicGap']) {
			const ratio = rank(alone, key, 0.5) / rank(both, key, 0.5);
			expect([key, ratio > 0.5 && ratio < 3.1]).toEqual([key, true]);
		}

		// A command is popped, served and pushed.
		const [command] = name.includes('xfer') ? ['TRANSFER_TO_HOST_2D'] : ['RESOURCE_CREATE_2D'];
		const popped = rank(both, 'host.cost.pop', 0.5) + rank(both, `device.cost.${command}`, 0.5) + 300;
		const ratio = rank(alone, `device.cost.${command}`, 0.5) / popped;
		expect([command, ratio > 0.6 && ratio < 2.4]).toEqual([command, true]);
	},
);

test('a command that an interrupt finds answered was popped before it; each doorbell begins a pass', async () => {
	const {guest} = await read('base_flood1_p1');
	const passes = guestPasses(guest, true);
	expect(passes.some(({isFirst}) => !isFirst)).toBe(true);
	let kicks = 0;
	for (const {earliestPop, latestPop, end, commands, kick, isFirst, isAlone} of passes) {
		expect(earliestPop).toBeLessThanOrEqual(latestPop);
		expect(latestPop).toBeLessThanOrEqual(end);
		expect(commands).toBeGreaterThan(0);
		expect(isFirst || !isAlone).toBe(true);
		kicks += kick === null ? 0 : 1;
	}

	expect(new Set(passes.map(({kick}) => kick).filter(kick => kick !== null)).size).toBe(kicks);
	// Without event indices doorbells tell no passes apart.
	expect(guestPasses(guest, false).every(({isFirst}) => isFirst)).toBe(true);
});
