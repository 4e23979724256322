import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {runOptions} from '../../source/commands/run-options.js';
import {runSimulation} from '../../source/run/run.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {judgedMetrics, writtenStretch} from '../../source/report/stretch.js';
import {type Session} from '../../source/session/session.js';
import {version} from '../../source/version.js';
import {sessionOf, shippedPreset} from './small-run.js';

const preset = loadPreset('seed-2019-kick-under-lock');

/** After a short warm-up, which ends at 50 ms. */
function open(): Session {
	return sessionOf(shippedPreset(preset.name), {speed: 1, sets: {warmup: 50e6}});
}

/** Lets so many ms pass. */
const pass =
	(milliseconds: number) =>
	(session: Session): void => {
		const until = session.now + milliseconds * 1e6;
		while (session.now < until) {
			session.advance(Math.min(10, (until - session.now) / 1e6));
		}
	};

const kickOut = (session: Session): void => {
	session.set('driver.lockPolicy', 'kick-after-unlock');
};

const largerRing = (session: Session): void => {
	session.set('queue.size', 256);
};

const cut = (session: Session): void => {
	session.restartWindow();
};

const undo = (session: Session): void => {
	session.undo();
};

/** What the user does, one thing after another. */
const visits: ReadonlyArray<readonly [string, ReadonlyArray<(session: Session) => void>]> = [
	['looks', [pass(100)]],
	['changes the policy', [pass(70), kickOut, pass(30)]],
	['changes the ring, which takes a device reset', [pass(70), largerRing, pass(30)]],
	['changes, and undoes it', [pass(70), kickOut, pass(20), undo, pass(20)]],
	['changes within the warm-up', [pass(25), kickOut, pass(55)]],
	['changes within the warm-up and leaves in it', [pass(15), kickOut, pass(15)]],
	['cuts the window', [pass(80), cut, pass(20)]],
	['changes, then cuts the window', [pass(70), kickOut, pass(20), cut, pass(20)]],
	['cuts the window, then changes', [pass(70), cut, pass(20), kickOut, pass(20)]],
	['cuts the window within the warm-up', [pass(15), cut, pass(55)]],
	['cuts the window and leaves', [pass(70), kickOut, pass(20), cut]],
];

test.each(visits)('who %s and leaves has the command that gives the figures on the screen', (_, acts) => {
	const session = open();
	for (const act of acts) {
		act(session);
	}

	const words = execFileSync('sh', ['-c', String.raw`printf '%s\n' ${session.token}`], {encoding: 'utf8'})
		.trimEnd()
		.split('\n')
		.slice(1);
	const {input, flags} = parseCommandLine(words, import.meta);
	const options = runOptions(flags, input[1], preset);
	const outcome = runSimulation(options);
	const {simulation, recorder} = session.run;
	expect(outcome.eventHash).toBe(simulation.eventHash());
	expect(flags.expect).toBe(`${outcome.eventHash}@${version}`);
	expect(outcome.simulation.now).toBe(session.now);
	const judged = judgedMetrics({
		metrics: outcome.metrics,
		stretches: outcome.stretches.map(stretch => writtenStretch(stretch)),
	});
	if (acts.at(-1) !== cut) {
		expect(judged).toEqual(recorder.metrics());
	}

	expect(judged.throughput.completed).toBeGreaterThan(1000);
});
