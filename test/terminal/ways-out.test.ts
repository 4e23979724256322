import {EventEmitter} from 'node:events';
import process from 'node:process';
import {expect, test} from 'vitest';
import {JobControl} from '../../source/terminal/job-control.js';
import {AlternateScreen} from '../../source/terminal/screen.js';
import {terminalSize} from '../../source/terminal/size.js';
import {endingSignals, guardWaysOut} from '../../source/terminal/ways-out.js';

// `process` is one, and what is tested takes its listeners away by name.
// eslint-disable-next-line unicorn/prefer-event-target -- it stands in for process
class FakeProcess extends EventEmitter {
	readonly log: string[] = [];

	get pid(): number {
		return 4711;
	}

	exit(code: number): void {
		this.log.push(`exit ${code}`);
	}

	kill(pid: number, signal: string): void {
		this.log.push(`kill ${pid} ${signal}`);
	}
}

function guarded(gone = false): {target: FakeProcess; release: () => void; hangUp: () => void} {
	const target = new FakeProcess();
	const {release, hangUp} = guardWaysOut(target, {
		restore() {
			target.log.push('restore');
		},
		interrupt() {
			target.log.push('interrupt');
		},
		isGone: () => gone,
		reproduce: () => 'vqlab run x --seed 7',
		report(text) {
			target.log.push(text);
		},
	});
	return {target, release, hangUp};
}

test('the signals that end a program are those of signal(7) that can be heard', () => {
	expect(endingSignals.map(([signal]) => signal)).toEqual(
		expect.arrayContaining([
			'SIGHUP',
			'SIGQUIT',
			'SIGABRT',
			'SIGALRM',
			'SIGTERM',
			'SIGUSR1',
			'SIGUSR2',
			'SIGVTALRM',
			'SIGPROF',
			'SIGXCPU',
			...(process.platform === 'linux' ? ['SIGXFSZ', 'SIGIO', 'SIGPWR', 'SIGSTKFLT'] : []),
		]),
	);
});

test.each(endingSignals)('%s restores the terminal, then exits with 128 + %i', (signal, number) => {
	const {target} = guarded();
	target.emit(signal);
	expect(target.log).toEqual(['restore', `exit ${128 + number}`]);
});

test('when the terminal is gone the signal ends the process itself, unless it is withheld', () => {
	const {target, hangUp} = guarded(true);
	target.emit('SIGTERM');
	expect(target.log).toEqual(['restore', 'kill 4711 SIGTERM', 'exit 143']);
	expect(target.listenerCount('SIGTERM')).toBe(0);
	hangUp();
	expect(target.log.slice(3)).toEqual(['restore', 'kill 4711 SIGHUP', 'exit 129']);
	target.emit('uncaughtException', new Error('boom'));
	expect(target.log.slice(6).filter(line => !line.startsWith('vqlab'))).toEqual([
		'restore',
		'restore',
		'kill 4711 SIGHUP',
		'exit 129',
	]);
});

test('a fault restores the terminal, says how to reproduce it and exits with 70', () => {
	const {target} = guarded();
	target.emit('uncaughtException', new Error('boom'));
	expect(target.log[0]).toBe('restore');
	expect(target.log[1]).toMatch(/Error: boom[\s\S]*to reproduce: vqlab run x --seed 7\n$/v);
	expect(target.log[2]).toBe('exit 70');
	target.emit('unhandledRejection', 'again');
	expect(target.log.slice(3)).toEqual(['exit 70']);
});

test('SIGINT is Ctrl-C, a plain exit restores, and a released guard does nothing', () => {
	const {target, release} = guarded();
	target.emit('SIGINT');
	target.emit('exit');
	expect(target.log).toEqual(['interrupt', 'restore']);
	release();
	for (const event of ['SIGTERM', 'SIGINT', 'exit', 'uncaughtException']) {
		expect(target.listenerCount(event)).toBe(0);
	}
});

test('the alternate screen is entered and left once', () => {
	const written: string[] = [];
	const screen = new AlternateScreen({
		write(text) {
			written.push(text);
		},
		lastWords(text) {
			written.push(`last ${text}`);
			return true;
		},
	});
	screen.leave();
	screen.clear();
	expect(written).toEqual([]);
	screen.enter();
	screen.enter();
	expect(written).toHaveLength(1);
	expect(written[0]).toContain('\u001B[?1049h');
	expect(written[0]).toContain('\u001B[?2004h');
	screen.leave();
	screen.leave();
	expect(written).toHaveLength(2);
	expect(written[1]).toContain('\u001B[?2004l');
	expect(written[1]).toMatch(/^last /v);
	expect(written[1]).toContain('\u001B[?25h\u001B[?1049l');
});

test('a terminal that has not taken the end of the screen is asked again, until it has', () => {
	const taken = [false, false, true];
	let asked = 0;
	const screen = new AlternateScreen({
		write: () => undefined,
		lastWords: () => taken[asked++],
	});
	screen.enter();
	expect([screen.leave(), screen.leave(), screen.leave(), screen.leave()]).toEqual([false, false, true, true]);
	expect(asked).toBe(3);
});

test('suspending gives the terminal back, stops the group and draws anew when continued', () => {
	const target = new FakeProcess();
	let timer: () => void = () => undefined;
	const job = new JobControl(target, {
		leave(left) {
			target.log.push('leave');
			left();
		},
		resume() {
			target.log.push('resume');
		},
		after(_, callback) {
			timer = callback;
		},
	});
	job.start();
	job.suspend();
	job.suspend();
	expect(target.log).toEqual(['leave', 'kill 0 SIGTSTP']);
	expect(target.listenerCount('SIGTSTP')).toBe(0);
	target.emit('SIGCONT');
	expect(target.log.at(-1)).toBe('resume');
	expect(target.listenerCount('SIGTSTP')).toBe(1);
	target.emit('SIGTSTP');
	expect(target.log.slice(3)).toEqual(['leave', 'kill 0 SIGTSTP']);
	// Nobody stopped us.
	timer();
	expect(target.log.slice(5)).toEqual(['resume']);
	timer();
	expect(target.log).toHaveLength(6);
	job.suspend();
	job.dispose();
	timer();
	expect(target.log.slice(6)).toEqual(['leave', 'kill 0 SIGTSTP']);
	expect(target.listenerCount('SIGCONT')).toBe(0);
});

test('the stop waits for a terminal that is slow to give its screen back, but not when asked twice', () => {
	const target = new FakeProcess();
	let left: () => void = () => undefined;
	const job = new JobControl(target, {
		leave(callback) {
			target.log.push('leave');
			left = callback;
		},
		resume() {
			target.log.push('resume');
		},
		after: () => undefined,
	});
	job.start();
	job.suspend();
	expect(target.log).toEqual(['leave']);
	left();
	left();
	expect(target.log).toEqual(['leave', 'kill 0 SIGTSTP']);
	target.emit('SIGCONT');
	target.emit('SIGTSTP');
	target.emit('SIGTSTP');
	expect(target.log.slice(2)).toEqual(['resume', 'leave', 'kill 0 SIGTSTP']);
	target.emit('SIGCONT');
	job.suspend();
	// Continued before it has stopped: what comes late from the terminal stops nothing.
	target.emit('SIGCONT');
	left();
	expect(target.log.slice(5)).toEqual(['resume', 'leave', 'resume']);
	job.suspend();
	job.dispose();
	left();
	expect(target.log.slice(8)).toEqual(['leave']);
});

test('a screen that could not be left is entered anew', () => {
	const written: string[] = [];
	const screen = new AlternateScreen({
		write(text) {
			written.push(text);
		},
		lastWords: () => false,
	});
	screen.enter();
	expect(screen.leave()).toBe(false);
	screen.enter();
	screen.enter();
	expect(written).toHaveLength(2);
});

test('a terminal that does not know its size is 80x24', () => {
	expect(terminalSize({columns: 0, rows: 0})).toEqual({columns: 80, rows: 24});
	expect(terminalSize({})).toEqual({columns: 80, rows: 24});
	expect(terminalSize({columns: 132, rows: 43})).toEqual({columns: 132, rows: 43});
});
