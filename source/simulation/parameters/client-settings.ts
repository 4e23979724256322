import {type DistributionSpec} from '../../engine/distribution.js';
import {queueOfStep, usesQueue} from '../../parameters/client-queues.js';
import {type ClientSettingName} from '../../guest/client-parameters.js';
import {type ClientSpec, type LoopStep, type ParameterValue} from '../../parameters/configuration.js';
import {type RequestName} from '../../devices/profile.js';
import {sameValue} from '../../parameters/value.js';
import {isTableKey, type KeyOf, type ResolvedParameters} from './table.js';

type Notify = LoopStep['notify'];

const notifies: readonly Notify[] = ['end', 'each', 'none'];

/** Why a client has no such setting, in words; undefined when it has it. */
export function lackOf(client: ClientSpec, setting: ClientSettingName): string | undefined {
	const kind = setting === 'rate' ? 'open' : setting === 'hz' ? 'paced' : client.kind;
	if (client.kind !== kind) {
		return `a ${client.kind} client has none: only kind ${kind} looks at it`;
	}

	if (['fenced', 'gpuTime', 'notify', 'wait'].includes(setting) && !usesQueue(client, 'control')) {
		return 'cursor commands have no fence, no batch and no response: only commands of the control queue look at it';
	}

	return undefined;
}

/** The key of what a request costs by itself; undefined when it has none. */
function costKey(key: string): KeyOf<DistributionSpec> | undefined {
	return isTableKey(key) ? (key as KeyOf<DistributionSpec>) : undefined;
}

/**
The value of a setting that the client has: `inherit` when its steps or commands differ in it.
*/
export function settingOf(
	client: ClientSpec,
	setting: ClientSettingName,
	parameters: ResolvedParameters,
): ParameterValue {
	const control = client.loop.filter(step => queueOfStep(client, step) === 'control');
	const byCommand = (
		steps: readonly LoopStep[],
		own: (step: LoopStep) => DistributionSpec | undefined,
		key: (name: RequestName) => KeyOf<DistributionSpec> | undefined,
	): ParameterValue =>
		common(
			steps.flatMap(step => {
				const time = own(step);
				return time === undefined
					? step.commands
							.map(name => key(name))
							.flatMap(each => (each === undefined ? [] : [parameters[each]]))
					: [time];
			}),
		);
	switch (setting) {
		case 'rate': {
			return client.rate ?? 'inherit';
		}

		case 'hz': {
			return client.hz ?? 'inherit';
		}

		case 'think': {
			const pauses = [client.think, ...client.loop.map(step => step.think)].filter(pause => pause !== undefined);
			return pauses.length === 0 ? {kind: 'const', value: 0} : common(pauses);
		}

		case 'prepare': {
			return byCommand(
				client.loop,
				step => step.prepare,
				name => costKey(`guest.cost.prepare.${name}`) ?? 'guest.cost.prepare',
			);
		}

		case 'service': {
			return byCommand(
				client.loop,
				step => step.service,
				name => costKey(`device.cost.${name}`),
			);
		}

		case 'gpuTime': {
			return byCommand(
				control,
				step => step.gpuTime,
				() => 'device.gpuTime',
			);
		}

		case 'fenced': {
			return common(control.map(step => step.fenced));
		}

		case 'notify': {
			return common(control.map(step => step.notify));
		}

		case 'wait': {
			const waits = [
				client.wait === 'none' ? undefined : client.wait,
				...client.loop.map(step => step.wait),
			].filter(wait => wait !== undefined);
			return waits.length === 0 ? 'none' : common(waits);
		}
	}
}

/** The client with another value of a setting that it has, in all its steps. */
export function withSetting(client: ClientSpec, setting: ClientSettingName, value: ParameterValue): ClientSpec {
	const inSteps = (change: (step: LoopStep) => LoopStep): ClientSpec => ({
		...client,
		loop: client.loop.map(step => change(step)),
	});
	const onControl = (change: (step: LoopStep) => LoopStep): ClientSpec =>
		inSteps(step => (queueOfStep(client, step) === 'control' ? change(step) : step));
	if (setting === 'rate' || setting === 'hz') {
		return {...client, [setting]: Number(value)};
	}

	if (setting === 'fenced') {
		const fenced = value === true;
		return onControl(step => ({
			...step,
			fenced,
			objects: step.objects === (step.fenced ? 1 : 0) ? (fenced ? 1 : 0) : step.objects,
		}));
	}

	if (setting === 'notify') {
		const notify = notifies.find(name => name === value) ?? 'end';
		return onControl(step => ({...step, notify}));
	}

	if (setting === 'wait') {
		return withWait(client, value === 'response' || value === 'fence' ? value : 'none');
	}

	if (typeof value !== 'object') {
		throw new TypeError(`${setting} is no distribution`);
	}

	if (setting === 'think') {
		return withThink(client, value);
	}

	return setting === 'gpuTime'
		? onControl(step => ({...step, gpuTime: value}))
		: inSteps(step => ({...step, [setting]: value}));
}

/** Pauses where there are some, else one after each round. */
function withThink(client: ClientSpec, think: DistributionSpec): ClientSpec {
	const inSteps = client.loop.some(step => step.think !== undefined);
	return {
		...client,
		...(inSteps && client.think === undefined ? {} : {think}),
		loop: client.loop.map(step => (step.think === undefined ? step : {...step, think})),
	};
}

/** Waits where there are some, else at the end of each round. A wait for nothing has no timeout. */
function withWait(client: ClientSpec, wait: ClientSpec['wait']): ClientSpec {
	const inSteps = client.loop.some(step => step.wait !== undefined);
	return {
		...client,
		wait: inSteps && client.wait === 'none' ? 'none' : wait,
		loop: client.loop.map(step => {
			if (step.wait === undefined) {
				return step;
			}

			const {timeout, ...rest} = step;
			return {...rest, wait, ...(timeout === undefined || wait === 'none' ? {} : {timeout})};
		}),
	};
}

/** The value that all are, else `inherit`. */
function common(values: ReadonlyArray<ParameterValue | undefined>): ParameterValue {
	const [first] = values;
	return first !== undefined && values.every(value => sameValue(value, first)) ? first : 'inherit';
}
