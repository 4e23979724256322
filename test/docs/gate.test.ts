import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {compare} from '../../source/commands/compare.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {type CommandOutcome} from '../../source/commands/verb.js';
import {shownIn} from '../helpers/shown-in.js';

const page = readFileSync(new URL('../../docs/recipes/gate.md', import.meta.url), 'utf8');

/** The conditions of the page's workflow, as a shell reads them. */
const gates = [...(page.split('```yaml')[1] ?? '').matchAll(/--fail-if '(?<gate>[^']+)'/gv)].map(
	({groups}) => groups?.gate ?? '',
);

async function gating(...argv: readonly string[]): Promise<CommandOutcome> {
	const conditions = gates.flatMap(gate => ['--fail-if', gate]);
	const length = ['--runs', '8', '--for', '60ms', '--warmup', '10ms'];
	const line = parseCommandLine(
		['compare', 'seed-2019-kick-under-lock', ...argv, ...conditions, ...length, '--format', 'markdown'],
		import.meta,
	);
	return compare({
		line,
		input: line.input.slice(1),
		interrupt: new Interrupt(),
		progress: shownIn([]),
		warn: () => undefined,
	});
}

test("the recipe's gate closes on a planted regression", async () => {
	expect(gates).toEqual(['throughput.completed < -2%', 'latency.p99 > +10%']);
	const {exitCode, complaints, output} = await gating('--b', 'guest.cost.prepare=lognormal(14us,0.7)');
	expect(exitCode).toBe(1);
	expect(complaints).toContain('gate closed: throughput.completed < -2%');
	expect(output).toContain('- gate `throughput.completed < -2%`: **fails**');
});

test("the recipe's gate is open when nothing changed", async () => {
	const {exitCode, output} = await gating();
	expect(exitCode).toBe(0);
	expect(output).toContain('- gate `latency.p99 > +10%`: **passes**');
});
