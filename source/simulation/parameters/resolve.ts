import {backendOf} from '../../host/backends/backends.js';
import {type ParameterValue} from '../../parameters/parameter.js';
import {type ChoiceSetsOf} from '../../parameters/settings.js';
import {UserError} from '../../errors/user-error.js';
import {checkValue} from '../../parameters/value.js';
import {parameter, parameters, type ResolvedParameters, type Row} from './table.js';

/** Some keys with values; texts are parsed as after `--set`, numbers of durations are ns. */
export type GivenParameters = Readonly<Record<string, ParameterValue>>;

/**
The function that has the automatic value of a row: what it looks at is in the
table, or this does not compile.
*/
type AutomaticOf<Each> = Each extends {readonly automatic: {readonly value: infer Value}} ? Value : never;

const sizes = ['queue.size', 'queue.cursorSize'] as const;

const interruptVcpus = ['guest.irqVcpu', 'guest.cursorIrqVcpu'] as const;

/**
Every key of the table with a value: what is given, else the default, nothing left at `auto`.
Throws `UserError` for an unknown key, a value out of range, or values that contradict each other.
*/
export function resolveParameters(given: GivenParameters = {}): ResolvedParameters {
	const values: Record<string, ParameterValue> = {};
	const kind =
		[given['device.kind'], parameter('device.kind').default].find(value => typeof value === 'string') ?? '';
	const own = parameters.filter(({devices}) => devices?.includes(kind) ?? true);
	for (const entry of own) {
		values[entry.key] = entry.default;
	}

	for (const [key, value] of Object.entries(given)) {
		const entry = parameter(key);
		if (entry.group === 'client') {
			throw new UserError(
				`${key}: the clients are not to be set here, they come with the recording or the cells`,
			);
		}

		if (entry.devices?.includes(kind) === false) {
			throw new UserError(`${key}: a device.kind=${kind} has none: only ${entry.devices.join(', ')} look at it`);
		}

		values[key] = checkValue(entry, value);
	}

	// Each row has a value, of its type; automatic ones follow in the order of the table.
	const resolved = values as ResolvedParameters;
	const sets = choiceSets(values);
	for (const {key, automatic, family} of own) {
		if (values[key] === automatic?.word) {
			const valueOf = automatic.value as AutomaticOf<Row> | undefined;
			values[key] = valueOf === undefined ? values[family ?? key] : valueOf(resolved, sets);
		}
	}

	for (const key of interruptVcpus) {
		if (!Object.hasOwn(given, key)) {
			values[key] = Math.min(resolved[key], resolved['guest.vcpus'] - 1);
		}
	}

	for (const [key] of backendOf(resolved['host.backend']).missingFeatures) {
		if (!Object.hasOwn(given, key)) {
			values[key] = false;
		}
	}

	refuseContradictions(resolved);
	return resolved;
}

/** What is allowed but leaves what is modelled or what the real thing does, one sentence each. */
export function warningsFor(resolved: ResolvedParameters): readonly string[] {
	const {longestChain} = backendOf(resolved['host.backend']).sets;
	return sizes
		.filter(key => resolved[key] > longestChain)
		.map(key => `${key} = ${resolved[key]}: QEMU allows at most ${longestChain} slots`);
}

/** What the choices that are made set. */
function choiceSets(values: Readonly<Record<string, ParameterValue>>): ChoiceSetsOf<Row> {
	const chosen = parameters.map(entry =>
		entry.type === 'choice' ? entry.choices.find(({value}) => value === values[entry.key])?.sets : undefined,
	);
	return Object.assign({}, ...chosen) as ChoiceSetsOf<Row>;
}

function refuseContradictions(values: ResolvedParameters): void {
	for (const key of sizes) {
		const size = values[key];
		if (values['queue.layout'] === 'split' && (size & (size - 1)) !== 0) {
			const below = 1 << (31 - Math.clz32(size));
			throw new UserError(
				`${key}: ${size} is no power of two, which a split ring needs: ${below} or ${2 * below}, or ` +
					'queue.layout=packed',
			);
		}
	}

	if (values['host.accel'] === 'tcg' && values['driver.spinlock'] === 'pv-qspinlock') {
		throw new UserError(
			"driver.spinlock: pv-qspinlock needs KVM's hypercall, which host.accel=tcg has not: test-and-set or " +
				'qspinlock',
		);
	}

	refuseForBackend(values);
	const cpus = values['host.cpus'];
	if (values['host.pinServer'] >= cpus) {
		throw new UserError(
			`host.pinServer: there is no CPU ${values['host.pinServer']} with host.cpus=${cpus}: 0 to ` +
				`${cpus - 1}, or -1 for anywhere`,
		);
	}

	const vcpus = values['guest.vcpus'];
	for (const key of interruptVcpus) {
		if (values[key] >= vcpus) {
			throw new UserError(`${key}: there is no vCPU ${values[key]} with guest.vcpus=${vcpus}: 0 to ${vcpus - 1}`);
		}
	}

	const fence = values['device.fence'];
	if (values['device.kind'] !== 'virgl' && fence !== 'sync') {
		throw new UserError(
			`device.fence: ${fence} needs device.kind=virgl: a ${values['device.kind']} device completes fences ` +
				'at once (sync)',
		);
	}

	if (values['device.kind'] === 'pmem' && values['host.backend'] !== 'qemu') {
		throw new UserError(
			`host.backend: a pmem device is QEMU's own (hw/virtio/virtio-pmem.c): qemu, not ${values['host.backend']}`,
		);
	}
}

function refuseForBackend(values: ResolvedParameters): void {
	const {value: backend, missingFeatures, splitOnly, emulates, pollsFences} = backendOf(values['host.backend']);
	for (const [key, feature] of missingFeatures) {
		if (values[key]) {
			throw new UserError(`${key}: ${backend} does not offer ${feature}: false, or another host.backend`);
		}
	}

	if (splitOnly !== undefined && values['queue.layout'] === 'packed') {
		throw new UserError(`queue.layout: ${backend} has split rings only (${splitOnly}): split`);
	}

	if (!emulates && values['host.accel'] === 'tcg') {
		throw new UserError(
			"host.accel: tcg is QEMU's own emulation, and its doorbells are modelled for host.backend=qemu " +
				`only: kvm with ${backend}`,
		);
	}

	if (!pollsFences && values['device.fence'] === 'poll') {
		throw new UserError(`device.fence: ${backend} is told of each fence and polls none: async`);
	}
}
