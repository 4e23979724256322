import {type ParameterValue} from '../../parameters/configuration.js';
import {formatValue, sameValue} from '../../parameters/value.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type GivenParameters} from '../../simulation/parameters/resolve.js';
import {valueOf} from '../../simulation/parameters/resolve-clients.js';
import {parameter} from '../../simulation/parameters/table.js';
import {costKeys, scaledTime} from '../shape/cost-keys.js';
import {type Dimension} from './space.js';

/**
Something that is not the change's to choose: a client, the machine, a group of
costs. Each value sets some keys.
*/
export type Surrounding = {
	readonly name: string;
	/** The range in words. */
	readonly words: string;
	readonly values: ReadonlyArray<{readonly words: string; readonly set: GivenParameters}>;
	/** The value that changes nothing. */
	readonly asIs: number;
};

const factors = [0.25, 0.5, 1, 2, 4] as const;

/** Costs that a faster or slower machine has together. */
const groups: ReadonlyArray<readonly [string, RegExp]> = [
	['VM exits', /^host\.cost\.(?:exit\w+|entry|notify|unwind)$/v],
	['BQL', /^host\.cost\.lockHandoff$/v],
	['host wake-ups', /^host\.cost\.(?:loopWake|haltWake|poll|wakeIpi)$/v],
	['interrupts', /^host\.cost\.(?:msi|irqfd|irqDelivery)$|^guest\.cost\.irqEntry$/v],
	['guest wake-ups', /^guest\.cost\.(?:workerWake|taskWake|contextSwitch)$/v],
	['guest preparation', /^guest\.cost\.prepare/v],
	['driver', /^guest\.cost\.(?:add|kickPrepare|getBuf|drain|response)/v],
	['device', /^device\.(?:cost\.|gpuTime)/v],
];

/** Settings of a client that say how much it asks for. */
const demands = ['rate', 'hz', 'think', 'prepare', 'service', 'gpuTime'] as const;

/** Ranges of the machine. */
const machine: Readonly<Record<string, readonly ParameterValue[]>> = {
	'guest.vcpus': [1, 2, 4],
	'host.cpus': [1, 2, 4, 8],
	'host.load': [0, 1, 2, 4],
	'host.background.rate': [0, 100, 1000],
	'queue.size': [16, 64, 256, 1024],
	'host.ioeventfd': [false, true],
	'host.backend': ['qemu', 'vhost-user-gpu', 'crosvm', 'libkrun'],
	'guest.irqVcpu': [0, 1],
	'driver.spinlock': ['pv-qspinlock', 'qspinlock', 'test-and-set'],
};

/**
What an adversary may choose about a configuration: demands of the clients and groups of costs from
a quarter to four times, the machine and the backend; and the ranges that the user gives. Keys of
the change itself are none of it.
*/
export function surroundingsOf(
	configuration: Configuration,
	own: readonly Dimension[],
	taken: ReadonlySet<string>,
): readonly Surrounding[] {
	const named = new Set([...own.map(({key}) => key), ...taken]);
	const given = own.map(({key, values}): Surrounding => surroundingOf(key, values, configuration));
	const clients = configuration.clients.flatMap(({name}) =>
		demands
			.map(setting => `clients.${name}.${setting}`)
			.filter(key => !named.has(key) && isAmount(valueOf(configuration, key)))
			.map(key => scaledGroup(key, [key], configuration)),
	);
	const keys = costKeys(configuration).filter(key => !named.has(key));
	const costs = groups
		.map(([name, pattern]) => ({name, members: keys.filter(key => pattern.test(key))}))
		.filter(({members}) => members.length > 0)
		.map(({name, members}) => scaledGroup(name, members, configuration));
	const machines = Object.entries(machine)
		.filter(([key]) => !named.has(key) && valueOf(configuration, key) !== undefined)
		.map(([key, values]) => surroundingOf(key, values, configuration));
	return [...given, ...clients, ...machines, ...costs];
}

function isAmount(value: ParameterValue | undefined): boolean {
	return (
		(typeof value === 'number' && value > 0) ||
		(typeof value === 'object' && !(value.kind === 'const' && value.value === 0))
	);
}

function scaledGroup(name: string, keys: readonly string[], configuration: Configuration): Surrounding {
	return {
		name,
		words: `${name} x${factors[0]} to x${factors.at(-1) ?? 1}`,
		values: factors.map(factor => ({
			words: `${name} x${factor}`,
			set: Object.fromEntries(
				factor === 1
					? []
					: keys.flatMap(key => {
							const value = valueOf(configuration, key);
							return value === undefined ? [] : [[key, scaled(value, factor)]];
						}),
			),
		})),
		asIs: factors.indexOf(1),
	};
}

function scaled(value: ParameterValue, factor: number): ParameterValue {
	return typeof value === 'number' ? value * factor : scaledTime(value, factor);
}

function surroundingOf(key: string, values: readonly ParameterValue[], configuration: Configuration): Surrounding {
	const now = valueOf(configuration, key);
	const isNow = (value: ParameterValue): boolean => sameValue(value, now);
	const all = now === undefined || values.some(value => isNow(value)) ? values : [now, ...values];
	const entry = parameter(key);
	return {
		name: key,
		words: `${key} ${all.map(value => formatValue(entry, value)).join(', ')}`,
		values: all.map(value => ({
			words: `${key}=${formatValue(entry, value)}`,
			set: isNow(value) ? {} : {[key]: value},
		})),
		asIs: Math.max(
			0,
			all.findIndex(value => isNow(value)),
		),
	};
}
