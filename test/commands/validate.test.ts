import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {z} from 'zod';
import {shownIn} from '../helpers/shown-in.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {runValidateCommand, type ValidateOptions, validateOptions} from '../../source/commands/validate.js';
import {UserError} from '../../source/errors/user-error.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-validate-'));
const file = path.join(folder, 'cells.json');

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const given = z
	.object({
		cells: z.array(z.looseObject({id: z.string()})),
		pairs: z.array(z.looseObject({before: z.string(), after: z.string()})),
	})
	.parse(JSON.parse(readFileSync(new URL('../testbed/cells.json', import.meta.url), 'utf8')));
const ids = ['A/flood1/p0', 'A/flood1/p2', 'A/paced/p0'];
writeFileSync(
	file,
	JSON.stringify({
		schema: 1,
		cells: given.cells.filter(({id}) => ids.includes(id)),
		pairs: given.pairs.filter(({before, after}) => ids.includes(before) && ids.includes(after)),
	}),
);

const lines: string[] = [];
const options: ValidateOptions = {
	...validateOptions({
		runs: '1',
		for: '20ms',
		warmup: '5ms',
		require: '0',
	}),
	format: 'json',
	interrupt: new Interrupt(),
	progress: shownIn(lines),
};

const families = z.record(
	z.string(),
	z.looseObject({
		inBand: z.number().nullable(),
		throughputFactor: z.number().nullable(),
		ratioFactor: z.object({median: z.number(), p90: z.number()}).nullable(),
	}),
);

const document = z.object({
	schema: z.literal(2),
	cells: z.array(
		z.object({
			id: z.string(),
			fitted: z.boolean(),
			metrics: z.record(
				z.string(),
				z.object({predicted: z.number().nullable(), inBand: z.boolean(), zero: z.boolean()}),
			),
		}),
	),
	summary: z.object({
		inBand: z.number(),
		zerosRight: z.number().nullable(),
		pairs: z.object({decided: z.number(), ratioFactor: z.object({median: z.number(), p90: z.number()}).nullable()}),
		noiseCeiling: z.looseObject({inBand: z.number()}),
		leftOut: families,
	}),
});

test('the JSON has every cell with its figures and the summary; of cells alone none was fitted or left out', async () => {
	const {output, exitCode} = await runValidateCommand([file], options);
	const json = document.parse(JSON.parse(output));
	expect(json.cells.map(({id}) => id)).toEqual(ids);
	expect(json.cells.some(({fitted}) => fitted)).toBe(false);
	expect(Object.keys(json.cells[0].metrics)).toHaveLength(14);
	expect(json.summary.leftOut).toEqual({});
	expect(exitCode).toBe(0);
	expect(lines.at(-1)).toBe('validate 1.00 3 of 3 runs');
});

const told = path.join(folder, 'told.json');
writeFileSync(told, readFileSync(file));
writeFileSync(
	path.join(folder, 'told.fit.json'),
	JSON.stringify({
		schema: 1,
		preset: 'testbed',
		again: 'npm run fit',
		cells: ids.slice(0, 2),
		constants: {},
		sessions: {},
		leftOut: {A: {'guest.cost.prepare.RESOURCE_CREATE_2D': '5ms'}},
	}),
);
writeFileSync(
	path.join(folder, 'told.story.json'),
	JSON.stringify({
		schema: 1,
		about: 'A machine of nobody.',
		constants: [
			{
				key: 'host.cost.msi',
				start: '2us',
				low: '1us',
				high: '3us',
				source: 'its manual',
			},
		],
	}),
);

test('what lies beside the cells is told: the cells in view of the fit, and each family with the constants that had not seen it', async () => {
	const seen = await runValidateCommand([told], options);
	const json = document.parse(JSON.parse(seen.output));
	expect(json.cells.map(({fitted}) => fitted)).toEqual([true, true, false]);
	expect(Object.keys(json.summary.leftOut)).toEqual(['A']);
	// With 5 ms a command the throughput is off by an order of magnitude.
	expect(json.summary.leftOut.A.throughputFactor).toBeGreaterThan(3);
	const {output} = await runValidateCommand([told], {...options, format: 'markdown'});
	expect(output).toContain('A machine of nobody.');
	expect(output).toContain('| `host.cost.msi` | 2us | 1us to 3us |');
	expect(output.indexOf('Families left out')).toBeLessThan(output.indexOf('Scores in view'));
	// The constants of a fit belong to its preset.
	const other = await runValidateCommand([told], {...options, preset: 'seed-2019-kick-under-lock'});
	expect(document.parse(JSON.parse(other.output)).summary.leftOut).toEqual({});
});

test.each(['text', 'markdown'] as const)('cells alone have no story in %s', async format => {
	const {output} = await runValidateCommand([file], {...options, format});
	expect(output).not.toMatch(/TCG|Linux|QEMU|left out|Fitted constants|undefined/iv);
});

test('the same seeds give the same output; a share below --require is exit 1', async () => {
	const {output} = await runValidateCommand([file], {...options, format: 'text'});
	const again = await runValidateCommand([file], {...options, format: 'text', require: 1});
	expect(again.output).toBe(output);
	expect(again.exitCode).toBe(1);
	expect(again.complaints).toHaveLength(1);
	expect(output).toContain('figures in band');
});

test('an interrupt before the first run scores nothing', async () => {
	const interrupt = new Interrupt();
	interrupt.stop('SIGINT');
	const {output} = await runValidateCommand([file], {...options, interrupt});
	expect(JSON.parse(output)).toMatchObject({summary: {inBand: null}});
});

test.each([
	[{runs: '0'}, /--runs/v],
	[{require: '2'}, /--require/v],
	[{for: '1us'}, /--for/v],
	[{seed: '-1'}, /--seed/v],
])('%o is refused', (texts, words) => {
	expect(() => validateOptions(texts)).toThrow(UserError);
	expect(() => validateOptions(texts)).toThrow(words);
});

test("a file that is not there is a user's mistake", async () => {
	await expect(runValidateCommand([path.join(folder, 'none.json')], options)).rejects.toThrow(UserError);
	await expect(runValidateCommand([], options)).rejects.toThrow(/no file/v);
});
