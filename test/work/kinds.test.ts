import {expect, test} from 'vitest';
import {configurationOf} from '../../source/presets/preset.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {cellKind} from '../../source/work/kinds/cell.js';
import {runKind} from '../../source/work/kinds/run.js';
import {type TaskKind} from '../../source/work/task-kind.js';
import {testbed} from '../helpers/testbed.js';

function writtenAndRead<Value>(value: Value): Value {
	const text = JSON.stringify(value);
	return JSON.parse(text) as Value;
}

/** What comes of a task as it is, and of one that was written and read. */
async function answersOf<Task, Answer>(kind: TaskKind<Task, Answer>, task: Task): Promise<readonly [Answer, Answer]> {
	const answerer = await kind.load();
	const goOn = async (): Promise<boolean> => false;
	return [await answerer(task, goOn), await answerer(writtenAndRead(task), goOn)];
}

test('a run and what comes of it survive JSON', async () => {
	const configuration = configurationOf(loadPreset('seed-2019-kick-under-lock'), {
		'host.bql.hold': {
			kind: 'quantiles',
			points: [
				[0, 1000],
				[1, 9000],
			],
		},
	});
	const [plain, read] = await answersOf(runKind, {
		configuration,
		seed: 3,
		warmup: 2e6,
		duration: 10e6,
		changes: [{at: 5e6, set: {'driver.lockPolicy': 'kick-after-unlock'}}],
		window: 1e6,
		check: true,
		series: true,
		budget: 1e9,
	});
	expect(plain.events).toBeGreaterThan(1000);
	expect(plain.windows).toHaveLength(10);
	expect(read).toEqual(plain);
	expect(writtenAndRead(plain)).toEqual(plain);
});

test('a run that is stopped answers with what it has', async () => {
	const answerer = await runKind.load();
	let pauses = 0;
	const {end, simulatedSeconds} = await answerer(
		{
			configuration: configurationOf(loadPreset('seed-2019-kick-under-lock')),
			seed: 1,
			warmup: 0,
			duration: 60e9,
			changes: [],
			window: 1e9,
			check: false,
			series: false,
			budget: 1e12,
		},
		async () => ++pauses === 3,
	);
	expect(end).toBe('interrupted');
	expect(simulatedSeconds).toBeGreaterThan(0);
	expect(simulatedSeconds).toBeLessThan(60);
});

test('a cell and what comes of it survive JSON', async () => {
	const [plain, read] = await answersOf(cellKind, {
		cell: testbed.cells[0],
		preset: loadPreset('testbed'),
		seed: 1,
		warmup: 1e6,
		duration: 20e6,
		primitives: ['doorbell'],
	});
	expect(plain.medians.doorbell).toBeGreaterThan(0);
	expect(read).toEqual(plain);
	expect(writtenAndRead(plain)).toEqual(plain);
});
