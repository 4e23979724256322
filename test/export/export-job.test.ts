import {expect, test} from 'vitest';
import {Run} from '../../source/run/run.js';
import {type Change} from '../../source/parameters/configuration.js';
import {parseChange, parseSets} from '../../source/simulation/parameters/parse-set.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {ExportJob} from '../../source/export/export-job.js';
import {liveFormats} from '../../source/export/formats.js';
import {ftrace} from '../../source/export/ftrace-writer.js';
import {type ExportKit, exportKit} from '../../source/export/export-kit.js';
import {Timeline} from '../../source/run/timeline.js';
import {type RunPlan} from '../../source/simulation/plan.js';
import {type TraceFormat} from '../../source/export/trace-format.js';
import {UnderWay} from '../../source/tracking/under-way.js';

/**
Runs that leave locks, doorbells, halts, full rings, fences and resets under way at their moments.
*/
const variants: ReadonlyArray<readonly [string, readonly string[], readonly string[]]> = [
	['seed-2019-kick-under-lock', [], ['30ms driver.lockPolicy=kick-after-unlock', '81ms host.load=1']],
	[
		'seed-2019-kick-under-lock',
		['queue.size=4', 'queue.indirect=false'],
		['40ms queue.size=256', '76ms guest.irqVcpu=0'],
	],
	['pause-loop-exits', ['host.ple=0ns', 'driver.spinlock=pv-qspinlock', 'guest.cost.spinThreshold=64'], []],
	['fence-poll-120hz', [], ['20ms device.fencePoll=1ms']],
	['vhost-user-gpu-no-bql', [], []],
	['crosvm-one-signal', [], []],
	['mapped-doorbell', [], []],
	['cursor-behind-video', [], []],
	['lost-kick', [], []],
	['testbed', [], []],
];

function planOf(
	preset: string,
	settings: readonly string[],
	changes: readonly string[],
	warmup: number,
	duration: number,
): RunPlan {
	return {
		configuration: configurationOf(loadPreset(preset), parseSets(settings)),
		seed: 3,
		warmup,
		duration,
		changes: changes.map((text): Change => parseChange(text)),
	};
}

/** Exporters attached at time 0, as they would be to any run; what each of them wrote. */
function fromTheStart(plan: RunPlan, formats: readonly TraceFormat[]): readonly string[] {
	const run = new Run({...plan, warmup: 0, duration: plan.warmup + plan.duration});
	const {simulation, recorder} = run;
	const underWay = new UnderWay(simulation);
	simulation.observe(underWay);
	const writers = formats.map(format => format.writer({simulation, from: plan.warmup, underWay, recorder}));
	for (const writer of writers) {
		simulation.observe(writer);
	}

	while (!run.advance(10_000)) {
		// To its end.
	}

	return writers.map(writer => writer.text(simulation.now));
}

/** A run that went to the end of the window and remembers moments. */
function liveRun(plan: RunPlan): Timeline<ExportKit> {
	const live = new Timeline(plan, exportKit(true), {spacing: 25_000_000});
	const end = plan.warmup + plan.duration;
	while (!live.advance(end, 97)) {
		// To its end.
	}

	return live;
}

/** The same window from a moment that a live run remembered. */
function fromAMoment(
	live: Timeline<ExportKit>,
	plan: RunPlan,
	format: TraceFormat,
): {readonly text: string; readonly time: number} {
	const end = plan.warmup + plan.duration;
	const past = live.at(plan.warmup);
	const time = past.now;
	return {text: finished(new ExportJob(past, format, {from: plan.warmup, end})), time};
}

function finished(job: ExportJob): string {
	while (!job.advance(5000)) {
		// To its end.
	}

	return job.text();
}

test.each(variants.map((variant, turn) => [...variant, turn] as const))(
	'%s %j %j: a window from a moment is that of the whole run, character by character',
	(preset, settings, changes, turn) => {
		const plan = planOf(preset, settings, changes, 67_345_678, 12_000_000);
		const wholes = fromTheStart(plan, liveFormats);
		const live = liveRun(plan);
		for (const [index, format] of liveFormats.entries()) {
			const whole = wholes[index];
			expect(whole.length).toBeGreaterThan(100);
			// From the start the formats differ in nothing but their writers: one in turn.
			if (turn === 0 || index === turn % liveFormats.length) {
				expect(finished(ExportJob.of(plan, format)) === whole).toBe(true);
			}

			const {text, time} = fromAMoment(live, plan, format);
			expect(time).toBeGreaterThan(0);
			expect(text === whole).toBe(true);
		}
	},
	240_000,
);

test('a window that begins before any moment runs from the start', () => {
	const plan = planOf('seed-2019-kick-under-lock', [], [], 20_000_000, 5_000_000);
	const {text, time} = fromAMoment(liveRun(plan), plan, ftrace);
	expect(time).toBe(0);
	expect(text === fromTheStart(plan, [ftrace])[0]).toBe(true);
	expect(text.split('\n').length).toBeGreaterThan(200);
});
