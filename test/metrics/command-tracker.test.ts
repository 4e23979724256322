import {expect, test} from 'vitest';
import {CommandTracker} from '../../source/metrics/command-tracker.js';
import {stageNames, type StageName} from '../../source/metrics/metric-names.js';

const tracker = (): CommandTracker => new CommandTracker(new Float64Array(400), [0, 200], 2);

/** The stages of the command that ended last which took any time. */
function stagesOf({lastStages}: CommandTracker): Partial<Record<StageName, number>> {
	const stages: Partial<Record<StageName, number>> = {};
	for (const [stage, name] of stageNames.entries()) {
		if (lastStages[stage] !== 0) {
			stages[name] = lastStages[stage];
		}
	}

	return stages;
}

/** A command of thread 0 that is due at a time and begins at once. */
function begin(commands: CommandTracker, command: number, time: number): void {
	commands.started(time, 0, command, time, 0);
}

test('a command that finds no room twice has waited for the lock three times and for room twice', () => {
	const commands = tracker();
	commands.started(10, 0, 0, 4, 0);
	commands.lockCalled(20, 0);
	commands.lockReturned(25, 0);
	commands.noRoom(0);
	commands.lockCalled(40, 0);
	commands.lockReturned(47, 0);
	commands.noRoom(0);
	commands.lockCalled(70, 0);
	commands.lockReturned(71, 0);
	commands.published(75, 0);
	commands.responded(175, 0);
	expect(stagesOf(commands)).toEqual({
		backlog: 6,
		prepare: 10,
		lockWait: 5 + 7 + 1,
		ringWait: 15 + 23,
		submit: 4,
		response: 100,
	});
	expect(commands.lastLatency).toBe(171);
});

test('what happened before the command was published belongs to others: its stages leave no gap', () => {
	const commands = tracker();
	begin(commands, 0, 0);
	commands.lockCalled(0, 0);
	commands.lockReturned(0, 0);
	// The doorbell of another, which the pass of this command answers.
	commands.delivered(12, 0, 8);
	commands.published(10, 0);
	commands.passStarted(30, 0);
	commands.popped(0);
	commands.serviceStarted(32, 0);
	commands.used(40, 0);
	commands.responded(50, 0);
	const stages = stagesOf(commands);
	expect(stages).toEqual({submit: 10, doorbell: 2, hostWake: 18, hostQueue: 2, service: 8, response: 10});
	expect(Object.values(stages).reduce((sum, time) => sum + time, 0)).toBe(commands.lastLatency);
});

test('the doorbell that a pass answers is the first since the pass before it', () => {
	const commands = tracker();
	begin(commands, 0, 0);
	commands.lockCalled(0, 0);
	commands.lockReturned(0, 0);
	commands.delivered(3, 0, 1);
	commands.passStarted(4, 0);
	commands.published(10, 0);
	commands.delivered(17, 0, 13);
	commands.delivered(25, 0, 21);
	commands.passStarted(30, 0);
	commands.popped(0);
	commands.serviceStarted(30, 0);
	commands.used(30, 0);
	commands.responded(30, 0);
	expect(stagesOf(commands)).toEqual({submit: 10, notifyDelay: 3, doorbell: 4, hostWake: 13});
});

test('a command without a response is unfinished when it is older than ten median responses', () => {
	const commands = tracker();
	for (const [command, due] of [0, 1, 2].entries()) {
		begin(commands, command, due);
	}

	commands.responded(10, 0);
	expect(commands.atEnd(0, 100, 100).unfinished).toBe(0);
	expect(commands.atEnd(0, 102, 102)).toMatchObject({unfinished: 1, ages: {count: 2}});
	expect(commands.atEnd(0, 103, 103)).toMatchObject({unfinished: 2, ages: {count: 3}});
	commands.dropped(1);
	expect(commands.atEnd(0, 103, 103).unfinished).toBe(1);
	expect(commands.atEnd(1, 103, 103).unfinished).toBe(0);
});
