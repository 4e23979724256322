import {readFileSync} from 'node:fs';
import process from 'node:process';
import fc from 'fast-check';
import {fixture} from '../../test/trace/trace-lines.js';
import {cliFile} from '../../test/helpers/cli.js';
import {TestTerminal} from '../../test/helpers/terminal.js';
import {sizes, typed} from './screen-draw.js';

export type SessionOptions = {
	readonly screen: 'dashboard' | 'view';
	readonly seed: number;
	/** Keys and reports that are typed, and changes of size in between. */
	readonly keys: number;
	readonly resizes: number;
};

/** What a session was like: what is wrong with it, and the memory that it took, MiB. */
export type SessionOutcome = {readonly fault: string | undefined; readonly early: number; readonly late: number};

/** Resident memory of a process, MiB (proc(5)); 0 where the system does not tell. */
function memory(pid: number): number {
	try {
		return Number(/^VmRSS:\s+(\d+) kB$/mv.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
	} catch {
		return 0;
	}
}

/** What is typed together, before the screen is looked at. */
const together = 100;

/**
Growth of the memory over a session that is no leak, MiB: what the run itself keeps, and
the garbage of frames of 500x200.
*/
const breath = 200;

/** Keys that leave or stop the program, and that write files. */
const leaving: ReadonlySet<string> = new Set(['\u0003', '\u001A', 'q', 's', 'w']);

const harmless = (text: string): string =>
	Array.from(text, character => (leaving.has(character) ? 'k' : character)).join('');

type Life = {readonly terminal: TestTerminal; hasEnded: boolean};

function begin(screen: SessionOptions['screen']): Life {
	const argv = screen === 'view' ? ['view', fixture('base_paced_p0.guest')] : ['--speed', '1:1000'];
	const life = {terminal: new TestTerminal(process.execPath, [cliFile, ...argv]), hasEnded: false};
	void life.terminal.exited.then(() => {
		life.hasEnded = true;
	});
	return life;
}

function isWhole({lines}: TestTerminal): boolean {
	return lines[0].startsWith(' vqlab') && lines[34].trim() !== '' && lines.every(line => line.length <= 120);
}

/** What is wrong with how a program has ended; the palette may have ended it, in order. */
async function endFault(terminal: TestTerminal): Promise<string | undefined> {
	const {code, signal} = await terminal.exited;
	if (code !== 0 || signal !== 0) {
		return `it ends with ${code}, signal ${signal}:\n${terminal.text}`;
	}

	// The last words of a program may come behind the news that it has ended.
	return terminal
		.until(({alternate}) => !alternate)
		.then(
			() => undefined,
			() => 'the screen is not restored',
		);
}

/** Waits for a whole screen, or for the end. */
async function settle({terminal}: Life): Promise<void> {
	await Promise.race([terminal.until(isWhole), terminal.exited]);
}

/**
Types so many keys at a program in a terminal and resizes it; it must live, show its
screen whole, and leave in order.
*/
export async function fuzzSession({screen, seed, keys, resizes}: SessionOptions): Promise<SessionOutcome> {
	const texts = fc.sample(typed, {seed, numRuns: keys}).map(text => harmless(text));
	const shapes = fc.sample(sizes, {seed, numRuns: resizes});
	const rounds = Math.ceil(keys / together);
	let life = begin(screen);
	let early = 0;
	let late = 0;
	try {
		await settle(life);
		for (let round = 0; round < rounds; round++) {
			const {terminal} = life;
			// A sequence that is cut off would swallow what follows.
			terminal.write(`${texts.slice(round * together, (round + 1) * together).join('')}\u0018`);
			const due = Math.floor(((round + 1) * resizes) / rounds) - Math.floor((round * resizes) / rounds);
			for (const [columns, rows] of shapes.splice(0, due)) {
				terminal.resize(columns, rows);
			}

			if (due > 0) {
				terminal.resize(120, 36);
			}

			await settle(life); // eslint-disable-line no-await-in-loop -- one round after the other
			if (life.hasEnded) {
				const fault = await endFault(terminal); // eslint-disable-line no-await-in-loop -- the same
				if (fault !== undefined) {
					return {fault, early, late};
				}

				life = begin(screen);
				await settle(life); // eslint-disable-line no-await-in-loop -- the same
				early = 0;
			}

			late = memory(life.terminal.pid);
			early = early === 0 && round >= rounds / 4 ? late : early;
		}

		life.terminal.write('\u0003');
		const fault = await endFault(life.terminal);
		return {
			fault:
				fault ??
				(early > 0 && late - early > breath
					? `its memory grows from ${early.toFixed(0)} to ${late.toFixed(0)} MiB`
					: undefined),
			early,
			late,
		};
	} catch (error) {
		return {fault: error instanceof Error ? error.message : String(error), early, late};
	} finally {
		life.terminal.dispose();
	}
}
