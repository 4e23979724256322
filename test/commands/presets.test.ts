import {expect, test} from 'vitest';
import {runPresetsCommand} from '../../source/commands/presets.js';
import {runSchemaCommand} from '../../source/commands/schema.js';
import {presetNames} from '../../source/presets/load-preset.js';

test('presets are listed by theme, each with its source', async () => {
	const {output, exitCode} = await runPresetsCommand();
	expect(exitCode).toBe(0);
	expect(output).toMatch(/^lock and kick\n/v);
	expect(output).toContain('dri-devel, July 2019');
	for (const name of presetNames()) {
		expect(output).toContain(`\n  ${name}\n`);
	}

	for (const line of output.split('\n')) {
		expect(line.length, line).toBeLessThanOrEqual(80);
	}
});

test('as JSON: name, title, theme, source, story', async () => {
	const {output} = await runPresetsCommand([], {format: 'json'});
	const list = JSON.parse(output) as ReadonlyArray<Record<string, unknown>>;
	expect(new Set(list.map(entry => entry.name))).toEqual(new Set(presetNames()));
	for (const entry of list) {
		expect(Object.keys(entry)).toEqual(['name', 'title', 'theme', 'source', 'story']);
	}
});

test('the schema is JSON Schema that knows the parameters', async () => {
	const {output} = await runSchemaCommand();
	const schema: unknown = JSON.parse(output);
	expect(schema).toMatchObject({
		properties: {parameters: {$ref: '#/$defs/parameters'}},
		$defs: {
			parameters: {additionalProperties: false, properties: {'driver.lockPolicy': {default: 'kick-batched'}}},
		},
	});
});
