import {type DistributionSpec} from '../../source/engine/distribution.js';
import {
	type ClientSpec,
	type FaultSpec,
	type LoopStep,
	type ParameterValue,
} from '../../source/parameters/configuration.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {resolveParameters} from '../../source/simulation/parameters/resolve.js';
import {parameters} from '../../source/simulation/parameters/table.js';

export const us = 1000;
export const ms = 1_000_000;

/** A cost that is always the same, ns. */
export function constant(value: number): DistributionSpec {
	return {kind: 'const', value};
}

export type Settings = Readonly<Record<string, ParameterValue>>;

/** Every cost in the table at 0, so that a new one does not move what tests have reckoned. */
export const noCosts: Settings = Object.fromEntries(
	parameters
		.filter(({type, key, devices}) => type === 'distribution' && key.includes('.cost.') && devices === undefined)
		.filter(entry => entry.family === undefined)
		.map(({key}) => [key, constant(0)]),
);

/**
Costs with which a test can be reckoned by hand: round numbers, each of its own, and nothing
that depends on chance; those not named here are 0. No halt polling: an idle vCPU sleeps, and
wakes in 5 us.
*/
export const plainCosts: Settings = {
	...noCosts,
	'guest.cost.prepare': 10 * us,
	'guest.cost.add': us,
	'guest.cost.kickPrepare': 100,
	'guest.cost.drain': 200,
	'guest.cost.getBuf': 150,
	'guest.cost.response': 500,
	'guest.cost.irqEntry': 400,
	'guest.cost.workerWake': 3 * us,
	'guest.cost.taskWake': 0,
	'guest.cost.contextSwitch': 0,
	'guest.cost.lockTransfer': 50,
	'guest.cost.unlockGap': 70,
	'guest.cost.pvKick': 0,
	'host.haltPoll': 0,
	'host.ple': 0,
	'guest.tick': 0,
	'host.cost.exitUser': 2 * us,
	'host.cost.exitKernel': 700,
	'host.cost.entry': 500,
	'host.cost.notify': 300,
	'host.cost.lockHandoff': 5 * us,
	'host.cost.loopWake': 8 * us,
	'host.cost.haltWake': 5 * us,
	'host.cost.poll': us,
	'host.cost.pop': 250,
	'host.cost.push': 350,
	'host.cost.msi': 1500,
	'host.cost.irqDelivery': us,
	'host.cost.pauseBql': 100,
	'device.cost.RESOURCE_CREATE_2D': 20 * us,
	'device.cost.RESOURCE_FLUSH': 40 * us,
	'device.cost.SUBMIT_3D': 5 * us,
	'device.cost.MOVE_CURSOR': 2 * us,
	'device.cost.perKiB': 0,
};

/** A step of a client's loop; one RESOURCE_CREATE_2D and a notify unless said otherwise. */
export function loopStep(step: Partial<LoopStep> = {}): LoopStep {
	return {
		commands: ['RESOURCE_CREATE_2D'],
		notify: 'end',
		fenced: false,
		objects: 0,
		...step,
	};
}

/** A client: one closed thread that waits for the response, unless said otherwise. */
export function client(spec: Partial<ClientSpec> = {}): ClientSpec {
	return {
		name: 'app',
		threads: 1,
		vcpu: 'any',
		kind: 'closed',
		queue: 'control',
		loop: [loopStep()],
		wait: 'response',
		...spec,
	};
}

/** A cursor client: one thread that moves the cursor. */
export function cursorClient(spec: Partial<ClientSpec> = {}): ClientSpec {
	return client({
		name: 'pointer',
		queue: 'cursor',
		wait: 'none',
		loop: [loopStep({commands: ['MOVE_CURSOR']})],
		...spec,
	});
}

/** A configuration with plain costs, on top of them what is set. */
export function configurationOf(
	set: Settings = {},
	clients: readonly ClientSpec[] = [client()],
	faults: readonly FaultSpec[] = [],
): Configuration {
	const given = Object.fromEntries(
		Object.entries({...plainCosts, ...set}).map(([key, value]) => [
			key,
			typeof value === 'number' && key.includes('.cost.') && !key.endsWith('spinThreshold')
				? constant(value)
				: value,
		]),
	);
	return {
		parameters: resolveParameters(given),
		clients,
		faults,
		given,
	};
}

/** `n` copies of a command's name. */
export function times<Name>(count: number, name: Name): Name[] {
	return Array.from({length: count}, () => name);
}
