import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {runExplainCommand} from '../../source/commands/explain.js';
import {vcpuStates} from '../../source/views/overview/cpus.js';
import {narrowColumns, wideColumns} from '../../source/views/overview/queues.js';
import {metricOf} from '../../source/metrics/metric-table.js';
import {stages} from '../../source/metrics/stage-table.js';
import {vcpuTerms, stageGroups, terms} from '../../source/report/glossary.js';
import {isKnownKey} from '../../source/simulation/parameters/table.js';
import {stallKinds} from '../../source/simulation/stall.js';
import {verdictNames} from '../../source/metrics/verdict-names.js';
import {seedMetrics} from '../helpers/seed-metrics.js';
import {canonical} from '../screens/canonical.js';
import {frameOf, screenOf} from '../screens/render-screen.js';
import {recordedBy, recordedDesk, shownOf} from '../session/recorded-desk.js';

/** The words of these for which `explain` has no page. */
async function unexplained(words: Iterable<string>): Promise<readonly string[]> {
	const missing: string[] = [];
	for (const word of new Set(words)) {
		try {
			await runExplainCommand([word]); // eslint-disable-line no-await-in-loop -- one at a time is what a user does
		} catch {
			missing.push(word);
		}
	}

	return missing;
}

/** The titles in the frames of a screen; of several values in a frame the first words. */
function titlesOf(lines: readonly string[]): readonly string[] {
	return lines.flatMap(line =>
		[...line.matchAll(/[╭┏] (?<title>\S.*?) (?:[─━]{2,}|[─━] \S)/gv)].map(
			({groups}) => (groups?.title ?? '').split('   ', 1)[0],
		),
	);
}

const sources = (folder: string, pattern: RegExp): readonly string[] => {
	const url = new URL(`../../source/${folder}/`, import.meta.url);
	return readdirSync(url)
		.filter(name => pattern.test(name))
		.map(name => readFileSync(new URL(name, url), 'utf8'));
};

test("every id of a verdict, a stall and a recording's finding is explained", async () => {
	const texts = [
		...sources('diagnosis', /^verdict.*\.ts$/v),
		...sources('session/recording', /^recording-verdict\.ts$/v),
	];
	const ids = texts.flatMap(text => [...text.matchAll(/(?:bottleneck|\bid): '([a-z\-]+)'/gv)].map(match => match[1]));
	// The word before an advice is a word of the sentence.
	const advice = new Set(['next']);
	expect(ids).toContain('worker-spin');
	expect(await unexplained([...ids.filter(id => !advice.has(id)), ...stallKinds, ...verdictNames])).toEqual([]);
});

test('every column, state and stage is explained', async () => {
	const columns = [...wideColumns, ...narrowColumns].map(({title}) => title);
	expect(
		await unexplained([
			...columns,
			...Object.values(vcpuTerms).map(({name}) => name),
			...stages.map(({name}) => name),
			...stageGroups.map(({name}) => name),
		]),
	).toEqual([]);
	// A state that the metrics have has a column.
	expect(Object.keys(seedMetrics.cpu.vcpus[0]).filter(state => !vcpuStates.some(({key}) => key === state))).toEqual(
		[],
	);
});

test.each([
	[200, 60],
	[120, 36],
	[80, 24],
])('every title of the dashboard at %ix%i is explained', async (columns, rows) => {
	const titles = titlesOf(screenOf(canonical, columns, rows));
	expect(titles).toContain('Throughput');
	expect(await unexplained(titles)).toEqual([]);
});

test.each([
	[200, 60],
	[120, 36],
	[80, 24],
])('every title of a recording at %ix%i is explained', async (columns, rows) => {
	for (const isLive of [false, true]) {
		const {controller} = await recordedDesk('base_flood1_p2', {isLive}); // eslint-disable-line no-await-in-loop -- one after the other
		const snapshot = recordedBy(controller);
		for (const view of ['overview', 'latency'] as const) {
			for (const beside of [
				null,
				{
					name: 'p',
					progress: 1,
					figures: snapshot.figures,
					lines: snapshot.lines,
				},
			]) {
				controller.update({view});
				const titles = titlesOf(frameOf(shownOf({...snapshot, beside}), columns, rows, controller).rows);
				expect(titles.length).toBeGreaterThan(2);
				expect(await unexplained(titles)).toEqual([]); // eslint-disable-line no-await-in-loop -- one after the other
			}
		}
	}
});

test('what a word points to exists', () => {
	for (const {name, metrics = []} of terms) {
		for (const path of metrics.filter(metric => metric !== 'cpu.vcpus[i].poll')) {
			expect(metricOf(path) !== undefined || isKnownKey(path), `${name}: ${path}`).toBe(true);
		}
	}
});
