import {type ClientSteps, notifyPlaces} from './client-steps.js';
import {type ModelTimes} from './model-times.js';

/**
By place of a client's loop: the driver's time, ns, within the time that was measured before
that command's publication. The model has these steps of its own
(source/guest/submission.ts): the add, kick_prepare with each command or, batched, with each
notify, and what comes before a wake-up's first step.
*/
export function driverTimes(
	steps: ClientSteps,
	isBatched: boolean,
	times: ModelTimes,
	response: (type: number) => number,
): readonly number[] {
	const {client, loop, work, woken, waitPlace, isFromAnswer} = steps;
	const {length} = loop.types;
	const batched = isBatched && client.queue === 0;
	const notifies = notifyPlaces(steps);
	const fenced = client.commands.some(command => command.fenced);
	return Array.from({length}, (_, place) => {
		const before = (place + length - 1) % length;
		const isWait = place === waitPlace;
		const kick = batched ? (notifies[before] ? times.unlockGap + times.kickPrepare : 0) : times.kickPrepare;
		const wake = (times.contextSwitch * woken[place]) / Math.max(1, work[place].count);
		return (
			times.add +
			(fenced ? times.fenceWork : 0) +
			wake +
			// The client that waits has rung and slept before its time begins to count.
			(isWait ? (isFromAnswer ? response(loop.types[before]) : 0) : kick)
		);
	});
}
