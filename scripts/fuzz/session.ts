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

/** Growth of the memory over a session that is no leak, MiB: what the run itself keeps, and the heap's own breath. */
const breath = 120;

/** Keys that leave or stop the program, and that write files. */
const leaving: ReadonlySet<string> = new Set(['\u0003', '\u001A', 'q', 's', 'w']);

const harmless = (text: string): string => Array.from(text, character => (leaving.has(character) ? 'k' : character)).join('');

/** Types so many keys at a program in a terminal and resizes it; it must live, show its screen whole, and leave in order. */
export async function fuzzSession({screen, seed, keys, resizes}: SessionOptions): Promise<SessionOutcome> {
	const argv = screen === 'view' ? ['view', fixture('base_paced_p0.guest')] : ['--speed', '1:1000'];
	const texts = fc.sample(typed, {seed, numRuns: keys}).map(text => harmless(text));
	const shapes = fc.sample(sizes, {seed, numRuns: resizes});
	const terminal = new TestTerminal(process.execPath, [cliFile, ...argv]);
	const life = {hasEnded: false};
	void terminal.exited.then(() => {
		life.hasEnded = true;
	});
	const isWhole = ({lines}: TestTerminal): boolean => life.hasEnded || (lines[0].startsWith(' vqlab') && lines[34].trim() !== '' && lines.every(line => line.length <= 120));
	try {
		await terminal.until(isWhole);
		let early = 0;
		const rounds = Math.ceil(keys / together);
		for (let round = 0; round < rounds && !life.hasEnded; round++) {
			// A sequence that is cut off would swallow what follows.
			terminal.write(`${texts.slice(round * together, (round + 1) * together).join('')}\u0018`);
			const due = Math.floor((round + 1) * resizes / rounds) - Math.floor(round * resizes / rounds);
			for (const [columns, rows] of shapes.splice(0, due)) {
				terminal.resize(columns, rows);
			}

			if (due > 0) {
				terminal.resize(120, 36);
			}

			await terminal.until(isWhole); // eslint-disable-line no-await-in-loop -- one round after the other
			if (round === Math.floor(rounds / 4)) {
				early = memory(terminal.pid);
			}
		}

		const late = memory(terminal.pid);
		if (!life.hasEnded) {
			terminal.write('\u0003');
		}

		const {code, signal} = await terminal.exited;
		const faults = [
			code === 0 && signal === 0 ? [] : [`it ends with ${code}, signal ${signal}:\n${terminal.text}`],
			terminal.alternate ? ['the screen is not restored'] : [],
			late - early > breath ? [`its memory grows from ${early.toFixed(0)} to ${late.toFixed(0)} MiB`] : [],
		];
		return {fault: faults.flat()[0], early, late};
	} catch (error) {
		return {fault: error instanceof Error ? error.message : String(error), early: 0, late: 0};
	} finally {
		terminal.dispose();
	}
}
