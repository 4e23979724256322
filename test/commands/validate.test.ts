import {
	mkdtempSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {z} from 'zod';
import {Interrupt} from '../../source/commands/interrupt.js';
import {runValidateCommand, type ValidateOptions, validateOptions} from '../../source/commands/validate.js';
import {UserError} from '../../source/parameters/user-error.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-validate-'));
const file = path.join(folder, 'cells.json');

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const given = z.object({cells: z.array(z.looseObject({id: z.string()})), pairs: z.array(z.looseObject({before: z.string(), after: z.string()}))})
	.parse(JSON.parse(readFileSync(new URL('../fixtures/testbed/cells.json', import.meta.url), 'utf8')));
const ids = ['A/flood1/p0', 'A/flood1/p2', 'A/paced/p0'];
writeFileSync(file, JSON.stringify({
	schema: 1,
	cells: given.cells.filter(({id}) => ids.includes(id)),
	pairs: given.pairs.filter(({before, after}) => ids.includes(before) && ids.includes(after)),
}));

const lines: string[] = [];
const options: ValidateOptions = {
	...validateOptions({
		runs: '1', for: '20ms', warmup: '5ms', require: '0',
	}),
	format: 'json',
	interrupt: new Interrupt(),
	progress(text) {
		lines.push(text);
	},
};

test('the JSON has every cell with its figures, whether it was fitted, and the summary', async () => {
	const {output, exitCode} = await runValidateCommand([file], options);
	const json = z.object({
		schema: z.literal(1),
		cells: z.array(z.object({id: z.string(), fitted: z.boolean(), metrics: z.record(z.string(), z.object({predicted: z.number().nullable(), inBand: z.boolean(), zero: z.boolean()}))})),
		summary: z.object({inBand: z.number(), zerosRight: z.number().nullable(), pairs: z.object({decided: z.number()})}),
	}).parse(JSON.parse(output));
	expect(json.cells.map(({id}) => id)).toEqual(ids);
	expect(json.cells.every(({fitted}) => fitted)).toBe(true);
	expect(Object.keys(json.cells[0].metrics)).toHaveLength(14);
	expect(exitCode).toBe(0);
	expect(lines.at(-1)).toBe('[##########] 3 of 3 runs');
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
	interrupt.signal = 'SIGINT';
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

test('a file that is not there is a user\'s mistake', async () => {
	await expect(runValidateCommand([path.join(folder, 'none.json')], options)).rejects.toThrow(UserError);
	await expect(runValidateCommand([], options)).rejects.toThrow(/no file/v);
});
