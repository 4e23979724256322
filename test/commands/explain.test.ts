import {expect, test} from 'vitest';
import {runExplainCommand} from '../../source/commands/explain.js';
import {metrics} from '../../source/metrics/metric-table.js';
import {clientParameters} from '../../source/guest/client-parameters.js';
import {parameter, parameters} from '../../source/simulation/parameters/table.js';
import {rangeText} from '../../source/parameters/value.js';
import {findings} from '../../source/diagnosis/finding-pages.js';
import {views} from '../../source/views/list.js';

async function explained(word?: string, format = 'text'): Promise<string> {
	const {output} = await runExplainCommand(word === undefined ? [] : [word], {format});
	return output;
}

const flat = (text: string) => text.replaceAll(/\s+/gv, ' ');

test.each(parameters.map(entry => [entry.key, entry] as const))(
	'%s: unit, range, default, provenance, two sentences',
	async (key, entry) => {
		const {output, exitCode} = await runExplainCommand([key]);
		expect(exitCode).toBe(0);
		expect(output.startsWith(`${key}   ${entry.label}\n`)).toBe(true);
		const text = flat(output);
		for (const part of [
			entry.words,
			entry.unit,
			rangeText(entry),
			`${entry.provenance.kind}: ${entry.provenance.source}`,
		]) {
			expect(text).toContain(part);
		}

		expect(output).toMatch(/^ {2}default +\S/mv);
		expect(Math.max(...output.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
	},
);

test.each(
	clientParameters.flatMap(entry =>
		['<name>', 'video player'].map(name => [entry.key.replace('<name>', name), entry] as const),
	),
)('%s is explained, for a client of any name, and listed', async (key, {key: listed, words, unit}) => {
	const text = await explained(key);
	expect(text.startsWith(`${key}   `)).toBe(true);
	expect(flat(text)).toContain(words);
	expect(flat(text)).toContain(`unit ${unit}`);
	expect(flat(text)).toContain('default inherit (what the preset gives the client)');
	expect(await explained()).toContain(`  ${listed} `);
	expect(await explained(undefined, 'json')).toContain(`"key": "${listed}"`);
});

test('driver.lockPolicy says for each value what it does, where, since when, and when it does not help', async () => {
	const {output} = await runExplainCommand(['driver.lockPolicy']);
	const blocks = output.split(/\n\n(?=kick-)/v).slice(1);
	expect(blocks.map(block => /^[a-z\-]+/v.exec(block)?.[0])).toEqual([
		'kick-under-lock',
		'kick-after-unlock',
		'kick-batched',
		'kick-batched-under-lock',
	]);
	for (const block of blocks) {
		for (const name of ['functions', 'versions', 'moves', 'no help', 'source']) {
			expect(block).toMatch(new RegExp(String.raw`^  ${name} +\S`, 'mv'));
		}
	}

	expect(flat(blocks[0])).toContain('Linux up to 5.4');
	expect(flat(blocks[1])).toContain('744583ecc3d7');
	expect(flat(blocks[2])).toContain('virtio_gpu_notify');
	expect(flat(blocks[3])).toContain('in no kernel');
});

test("the words of a virtio-pmem's driver and of its VMM are explained", async () => {
	for (const word of ['pmem_lock', 'flush_lock', 'req_list', 'host_acked', 'worker_cb']) {
		// eslint-disable-next-line no-await-in-loop -- one at a time is what a user does
		const {output} = await runExplainCommand([word]);
		expect(flat(output)).toMatch(new RegExp(String.raw`^${word}\b.*flush`, 'v'));
	}
});

test('every choice of every parameter is explained in full', () => {
	for (const entry of [...parameters, ...clientParameters]) {
		for (const choice of entry.type === 'choice' ? entry.choices : []) {
			for (const text of [
				choice.words,
				choice.functions,
				choice.versions,
				choice.moves,
				choice.noHelp,
				choice.source,
			]) {
				expect(text, `${entry.key}=${choice.value}`).toMatch(/\w{2}/v);
			}
		}
	}
});

test('metrics, stages and views are explained', async () => {
	for (const {path, meaning} of metrics) {
		// eslint-disable-next-line no-await-in-loop -- one at a time is what a user does
		expect(flat(await explained(path))).toContain(meaning);
	}

	expect(await explained('hostWake')).toContain('latency.stages.hostWake.mean');
	expect(await explained('cpu.vcpus[1].spin')).toContain('spinning on a lock');
	for (const {title: name, key} of views) {
		// eslint-disable-next-line no-await-in-loop -- one at a time is what a user does
		expect(await explained(key)).toContain(name);
	}
});

test('as JSON', async () => {
	const {output} = await runExplainCommand(['host.cost.loopWake'], {format: 'json'});
	expect(JSON.parse(output)).toMatchObject({
		kind: 'parameter',
		key: 'host.cost.loopWake',
		default: 'lognormal(8us,0.3)',
		range: '0ns to 10ms',
		provenance: {kind: 'assumed'},
	});
	const everything: unknown = JSON.parse(await explained(undefined, 'json'));
	expect(everything).toMatchObject({
		parameters: expect.arrayContaining([expect.objectContaining({key: parameter('seed').key})]) as unknown,
	});
});

test('without a word it lists keys, metrics and views', async () => {
	const {output} = await runExplainCommand([]);
	for (const word of [
		'driver.lockPolicy',
		'lock.spin.worker',
		'worker-spin',
		'IRQ rate',
		'hostWake',
		'1 overview',
		'4 latency',
	]) {
		expect(output).toContain(word);
	}
});

test('an unknown word is told its nearest', async () => {
	await expect(runExplainCommand(['lock.spin.workr'])).rejects.toThrow('did you mean lock.spin.worker?');
	await expect(runExplainCommand(['worker-spi'])).rejects.toThrow('did you mean worker-spin?');
	await expect(runExplainCommand(['qqqqqqqqqqq'])).rejects.toThrow('vqlab explain lists');
});

test('a view that is not there is not explained', async () => {
	expect(views.map(({title}) => title)).toEqual(expect.arrayContaining(['overview', 'ring', 'timeline', 'latency']));
	for (const word of ['9', '0', 'vieww', 'side by side']) {
		// eslint-disable-next-line no-await-in-loop -- one at a time is what a user does
		await expect(runExplainCommand([word]), word).rejects.toThrow('nothing is called');
	}
});

test('a percentile says from where to where', async () => {
	for (const path of ['latency.p99', 'latency.mean', 'latency.max', 'cursor.latency.p50']) {
		// eslint-disable-next-line no-await-in-loop -- one at a time is what a user does
		const text = flat(await explained(path));
		expect(text).toContain('From due (C0');
		expect(text).toContain('response callback returned (R)');
	}
});

test('a word that is several things gets all its pages', async () => {
	const text = await explained('doorbell');
	expect(text).toContain('latency.stages.doorbell.mean');
	expect(text).toContain('doorbell   finding');
	expect(text).toContain('Segment of the stage bar');
	expect(text).toContain('doorbell, kick, notify');
	expect(JSON.parse(await explained('doorbell', 'json'))).toHaveLength(4);
	expect(await explained('irq rate')).toContain('IRQ rate   on screens');
	const {output} = await runExplainCommand(['IRQ', 'rate']);
	expect(flat(output)).toContain('irqs.perSecond');
});

test('every finding has a page of its own in four parts', async () => {
	for (const [id, {meaning, evidence, helps, neverHelps}] of findings) {
		// eslint-disable-next-line no-await-in-loop -- one at a time is what a user does
		const output = await explained(id);
		for (const part of [meaning, evidence, helps, neverHelps]) {
			expect(part, id).toMatch(/\w{3}/v);
			expect(flat(output), id).toContain(part);
		}

		expect(Math.max(...output.split('\n').map(line => line.length)), id).toBeLessThanOrEqual(80);
	}

	const parts = findings.flatMap(([, {meaning, evidence}]) => [meaning, evidence]);
	expect(new Set(parts).size).toBe(parts.length);
});
