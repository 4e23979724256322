import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import {shellWord} from '../../source/report/shell-word.js';
import {fixture} from '../../test/trace/trace-lines.js';
import {commandDraw, type CommandDraw} from './command-draw.js';
import {screenDraw, type ScreenDraw} from './screen-draw.js';
import {traceBytes, traceDraw, type TraceDraw} from './trace-draw.js';
import {tryCommand} from './try-command.js';
import {tryRecording, tryScreen} from './try-screen.js';
import {verbDraw} from './verb-draw.js';

export type Draw = CommandDraw | TraceDraw | ScreenDraw;

const draws: fc.Arbitrary<Draw> = fc.oneof(
	{weight: 14, arbitrary: commandDraw},
	{weight: 1, arbitrary: verbDraw},
	{weight: 2, arbitrary: traceDraw},
	{weight: 2, arbitrary: screenDraw},
);

/** The draw of a number; each is by itself, so that one can be repeated alone. */
export function drawOf(seed: number, index: number): Draw {
	const [draw] = fc.sample(draws, {seed: seed ^ Math.imul(index + 1, 0x9e_37_79_b1), numRuns: 1});
	return draw;
}

/** The words of a recording's command; the recording is `file`. */
function traceArgv({verb, host, fixture: name}: TraceDraw, file: string): string[] {
	return [
		verb,
		file,
		...(host ? ['--host', fixture(`${name}.host`)] : []),
		...(verb === 'replay' ? ['--set', 'duration=5ms', '--format', 'json'] : []),
	];
}

let folder: string | undefined;

function place(name: string): string {
	folder ??= mkdtempSync(path.join(tmpdir(), 'vqlab-fuzz-'));
	return path.join(folder, name);
}

/** Carries a draw out; what is wrong, or undefined. */
export async function tryDraw(draw: Draw): Promise<string | undefined> {
	try {
		switch (draw.kind) {
			case 'command': {
				return await tryCommand(draw.argv, draw.preset, place('preset.json'));
			}

			case 'trace': {
				const bytes = traceBytes(draw);
				if (draw.verb === 'view') {
					return await tryRecording(bytes, draw.keys);
				}

				writeFileSync(place('trace.txt'), bytes);
				return await tryCommand(traceArgv(draw, place('trace.txt')), undefined, '');
			}

			case 'screen': {
				return tryScreen(draw);
			}
		}
	} catch (error) {
		return error instanceof Error ? (error.stack ?? error.message) : String(error);
	}
}

/**
One command line that shows a finding: the program's own where its words say all, else the one that
repeats the draw.
*/
export function commandOf(seed: number, index: number): string {
	const draw = drawOf(seed, index);
	if (draw.kind === 'command' && !draw.argv.some(word => /[^\t\n -~]/v.test(word))) {
		const words = ['vqlab', ...draw.argv].map(word => shellWord(word)).join(' ');
		return draw.preset === undefined ? words : `printf %s ${shellWord(draw.preset)} | ${words}`;
	}

	return `npm run fuzz -- --seed ${seed} --draw ${index}`;
}
