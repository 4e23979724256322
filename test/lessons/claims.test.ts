import {expect, test} from 'vitest';
import {type LessonClaim} from '../../source/lessons/lesson.js';
import {lessons} from '../../source/lessons/lessons.js';
import {metricAt} from '../../source/metrics/metric-path.js';
import {type Metrics} from '../../source/metrics/metrics.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {runSimulation} from '../../source/run/run.js';
import {type GivenParameters} from '../../source/simulation/parameters/resolve.js';

const seeds = Array.from({length: 10}, (_, index) => index + 1);

/**
Simulated times: of a figure that a claim does not say how long to measure, and before it, ns.
*/
const duration = 15e6;
const warmup = 10e6;

const compare = {
	'<': (a: number, b: number) => a < b,
	'<=': (a: number, b: number) => a <= b,
	'>': (a: number, b: number) => a > b,
	'>=': (a: number, b: number) => a >= b,
	'==': (a: number, b: number) => a === b,
} as const;

const known = new Map<string, Metrics>();

/** A figure of a run of a lesson's preset; runs that several claims are about are made once. */
function figure(
	preset: string,
	settings: GivenParameters,
	{metric, for: time = duration}: LessonClaim['expect'],
	seed: number,
) {
	const key = JSON.stringify([preset, settings, time, seed]);
	let metrics = known.get(key);
	if (metrics === undefined) {
		const configuration = configurationOf(loadPreset(preset), settings);
		({metrics} = runSimulation({configuration, seed, warmup, duration: time, changes: []}));
		known.set(key, metrics);
	}

	const value = metricAt(metrics, metric);
	return typeof value === 'number' ? value : Number.NaN;
}

const claims = lessons.flatMap(({id, preset, claims: all}) =>
	all.map(claim => [`${id}: ${claim.says} (${claim.about})`, preset, claim] as const),
);

test.each(claims)('%s', (_, preset, {given = {}, expect: claim}) => {
	const {op, value, against} = claim;
	for (const seed of seeds) {
		const asIs = figure(preset, given, claim, seed);
		const got = against === undefined ? asIs : figure(preset, {...given, ...against}, claim, seed) / asIs;
		expect({seed, got, holds: compare[op](got, value)}).toMatchObject({seed, holds: true});
	}
});

test('every lesson claims what it shows, and that a wrong key does not show it', () => {
	for (const {claims: all} of lessons) {
		expect(new Set(all.map(({about}) => about))).toEqual(new Set(['result', 'wrong key']));
	}
});
