import {expect, test} from 'vitest';
import {ProgressLine, type SignalProcess} from '../../source/terminal/progress-line.js';
import {readingProgress} from '../../source/terminal/reading-progress.js';

class Screen {
	now = 0;
	written = '';
	readonly timers: Array<readonly [number, () => void]> = [];
	line: ProgressLine;

	constructor(isTerminal = true, columns = 80) {
		this.line = new ProgressLine({
			write: isTerminal
				? text => {
						this.written += text;
					}
				: undefined,
			columns: () => columns,
			clock: () => this.now,
			after: (milliseconds, callback) => {
				this.timers.push([this.now + milliseconds, callback]);
			},
		});
	}

	/** What a terminal shows of the row: a carriage return goes back to its start. */
	get row(): string {
		const cells: string[] = [];
		let column = 0;
		for (const character of this.written) {
			if (character === '\r') {
				column = 0;
			} else {
				cells[column++] = character;
			}
		}

		return cells.join('').trimEnd();
	}

	show(now: number, what: string, share: number | null, amount?: string): string {
		this.now = now;
		this.line.show(what, share, amount);
		return this.row;
	}
}

test('it says what, how far, how much and the time left, over itself, and is gone at the end', () => {
	const screen = new Screen();
	expect(screen.show(100, 'run', 0.01)).toBe('');
	expect(screen.show(1000, 'run', 0.25, 'seed 3')).toBe('run  [#####...............]  25 %  seed 3');
	expect(screen.show(2100, 'run', 0.5)).toBe('run  [##########..........]  50 %  2 s left');
	expect(screen.show(2150, 'run', 0.6)).toContain('50 %');
	expect(screen.show(1_000_000, 'run', 0.5)).toMatch(/ 17 min left$/v);
	screen.line.erase();
	expect(screen.row).toBe('');
	expect(screen.written).not.toContain('\n');
	expect(screen.written).not.toContain('\u001B');
});

test('work whose end is not known shows how much is done', () => {
	const screen = new Screen();
	const progress = readingProgress('pipe', screen.line);
	screen.now = 5000;
	progress(123_000_000, null);
	expect(screen.row).toBe('read pipe  123 MB');
	screen.now = 6000;
	progress(1_000_000_000, 4_000_000_000);
	expect(screen.row).toBe('read pipe  [#####...............]  25 %  of 4.0 GB  3 s left');
});

test('work that says nothing for long is drawn once it has taken long enough', () => {
	const screen = new Screen();
	screen.show(10, 'selfcheck', 0);
	screen.show(20, 'selfcheck', 0, 'newer');
	const [[time, callback]] = screen.timers;
	expect([time, screen.timers.length, screen.row]).toEqual([300, 1, '']);
	screen.now = time;
	callback();
	expect(screen.row).toBe('selfcheck  [....................]   0 %  newer');
	screen.show(350, 'selfcheck', 0.5);
	screen.line.erase();
	screen.timers[1][1]();
	expect(screen.row).toBe('');
});

test('a shorter line leaves nothing of a longer one; none is longer than the terminal', () => {
	const screen = new Screen(true, 30);
	expect(screen.show(1000, 'a name that is long and longer', 0.5)).toHaveLength(29);
	expect(screen.show(2000, 'fit', null)).toBe('fit');
});

test('in a pipe there is nothing', async () => {
	const screen = new Screen(false);
	screen.show(10_000, 'run', 0.5);
	screen.line.erase();
	expect(await screen.line.guard(new FakeProcess(), async () => 1)).toBe(1);
	expect(screen.written).toBe('');
});

class FakeProcess implements SignalProcess {
	readonly listeners = new Map<string, (signal: NodeJS.Signals) => void>();
	readonly killed: string[] = [];

	get pid(): number {
		return 7;
	}

	on(event: string, listener: (signal: NodeJS.Signals) => void): void {
		this.listeners.set(event, listener);
	}

	off(event: string): void {
		this.listeners.delete(event);
	}

	kill(pid: number, signal: string): void {
		this.killed.push(`${pid} ${signal} ${this.listeners.size}`);
	}
}

test('a signal takes the line away and then does what it does to any program', async () => {
	const screen = new Screen();
	const target = new FakeProcess();
	await screen.line.guard(target, async () => {
		expect(screen.show(1000, 'read', null)).toBe('read');
		target.listeners.get('SIGINT')?.('SIGINT');
		expect(screen.row).toBe('');
	});
	expect(target.killed).toEqual(['7 SIGINT 0']);
	expect(target.listeners.size).toBe(0);
});
