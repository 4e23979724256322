import {Distribution} from '../engine/distribution.js';
import {type GivenParameters, resolveParameters} from '../simulation/parameters/resolve.js';

const keys = {
	add: 'guest.cost.add',
	kickPrepare: 'guest.cost.kickPrepare',
	getBuf: 'guest.cost.getBuf',
	unlockGap: 'guest.cost.unlockGap',
	contextSwitch: 'guest.cost.contextSwitch',
	taskWake: 'guest.cost.taskWake',
	fenceWork: 'driver.fenceWork',
	notify: 'host.cost.notify',
	unwind: 'host.cost.unwind',
	wakeIpi: 'host.cost.wakeIpi',
	push: 'host.cost.push',
	msi: 'host.cost.msi',
} as const;

/** Points of a distribution that its mean is taken over. */
const points = 256;

/**
Means, ns, of what the model adds by itself between two events of a recording. No event tells them
apart from what stands beside them, so they keep their defaults (or what the user gave), and what is
measured across them is taken less their time: or a simulation would have it twice.
*/
export type ModelTimes = Readonly<Record<keyof typeof keys, number>>;

export function modelTimes(given: GivenParameters): ModelTimes {
	const parameters = resolveParameters(given);
	const mean = (key: (typeof keys)[keyof typeof keys]): number => {
		const distribution = new Distribution(parameters[key]);
		let sum = 0;
		for (let i = 0; i < points; i++) {
			sum += distribution.sample((i + 0.5) / points);
		}

		return sum / points;
	};

	return {
		add: mean(keys.add),
		kickPrepare: mean(keys.kickPrepare),
		getBuf: mean(keys.getBuf),
		unlockGap: mean(keys.unlockGap),
		contextSwitch: mean(keys.contextSwitch),
		taskWake: mean(keys.taskWake),
		fenceWork: mean(keys.fenceWork),
		notify: mean(keys.notify),
		unwind: mean(keys.unwind),
		wakeIpi: mean(keys.wakeIpi),
		push: mean(keys.push),
		msi: mean(keys.msi),
	};
}
