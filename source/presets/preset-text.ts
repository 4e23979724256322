import {type ClientSpec, type FaultSpec, type LoopStep} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {formatDistribution} from '../parameters/distribution-text.js';
import {formatDuration} from '../parameters/duration.js';
import {type GivenParameters, resolveParameters} from '../simulation/parameters/resolve.js';
import {withoutClientKeys} from '../simulation/parameters/resolve-clients.js';
import {parameter, parameters, type ResolvedParameters} from '../simulation/parameters/table.js';
import {jsonValue, sameValue} from '../parameters/value.js';
import {type Expectation, type Preset} from './preset.js';

/** What a preset says besides its configuration. */
export type PresetWords = Pick<Preset, 'name' | 'title'> &
	Partial<Pick<Preset, 'story' | 'source' | 'theme' | 'try' | 'expect' | 'provenance'>>;

/** A preset that sets up a configuration: what it was given, or what differs from the defaults. */
export function presetOf(configuration: Configuration, words: PresetWords): Preset {
	// What was set of a client is in the client.
	const given = withoutClientKeys(configuration.given ?? leastSettings(configuration.parameters));
	const {clients, faults} = configuration;
	return {
		story: '',
		source: '',
		theme: 'machine',
		try: [],
		expect: [],
		provenance: {},
		...words,
		given,
		clients,
		faults,
	};
}

/** The fewest settings that resolve to these values. */
function leastSettings(resolved: ResolvedParameters): GivenParameters {
	const differing = (base: ResolvedParameters, automatic: boolean) =>
		Object.fromEntries(
			parameters
				.filter(
					entry =>
						Object.hasOwn(resolved, entry.key) &&
						(entry.automatic !== undefined) === automatic &&
						!sameValue(resolved[entry.key], base[entry.key]),
				)
				.map(entry => [entry.key, resolved[entry.key]]),
		);
	const named = differing(resolveParameters(), false);
	return {...named, ...differing(resolveParameters(named), true)};
}

/**
A preset as the text of its file: JSON with tabs, durations and
distributions as text, defaults left out.
*/
export function presetText(preset: Preset): string {
	const {title, story, source, theme, question, answer, given, clients, faults, expect, provenance} = preset;
	const document = {
		$schema: './preset.schema.json',
		title,
		...(story === '' ? {} : {story}),
		...(source === '' ? {} : {source}),
		theme,
		...(preset.try.length === 0 ? {} : {try: preset.try}),
		...(question === undefined ? {} : {question}),
		...(answer === undefined ? {} : {answer}),
		parameters: settingsJson(given),
		clients: clients.map(client => clientJson(client)),
		...(faults.length === 0 ? {} : {faults: faults.map(fault => faultJson(fault))}),
		...(expect.length === 0
			? {}
			: {
					expect: expect.map(expectation => expectationJson(expectation)),
				}),
		...(Object.keys(provenance).length === 0 ? {} : {provenance: provenanceJson(provenance)}),
	};
	return `${JSON.stringify(document, undefined, '\t')}\n`;
}

/** Keys of one kind and source stand together. */
function provenanceJson(provenance: Preset['provenance']): ReadonlyArray<Readonly<Record<string, unknown>>> {
	const groups = new Map<string, {readonly kind: string; readonly source: string; readonly keys: string[]}>();
	for (const [key, {kind, source}] of Object.entries(provenance)) {
		const name = `${kind} ${source}`;
		const group = groups.get(name) ?? {kind, source, keys: []};
		group.keys.push(key);
		groups.set(name, group);
	}

	return [...groups.values()];
}

function expectationJson({for: time, ...rest}: Expectation): Readonly<Record<string, unknown>> {
	const duration = time === undefined ? {} : {for: formatDuration(time)};
	return 'verdict' in rest
		? {...rest, ...duration}
		: {...rest, ...(rest.against === undefined ? {} : {against: settingsJson(rest.against)}), ...duration};
}

/** Settings as JSON values: durations and distributions as text. */
export function settingsJson(given: GivenParameters): Readonly<Record<string, string | number | boolean>> {
	return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, jsonValue(parameter(key), value)]));
}

/** A client as a preset writes it, defaults left out. */
export function clientJson(client: ClientSpec): Readonly<Record<string, unknown>> {
	const {name, threads, vcpu, kind, rate, burst, hz, think, queue, loop, wait} = client;
	return {
		name,
		...(threads === 1 ? {} : {threads}),
		...(vcpu === 'any' ? {} : {vcpu}),
		kind,
		...(rate === undefined ? {} : {rate}),
		...(burst === undefined ? {} : {burst}),
		...(hz === undefined ? {} : {hz}),
		...(think === undefined ? {} : {think: formatDistribution(think)}),
		...(queue === 'control' ? {} : {queue}),
		loop: loop.map(step => stepJson(step)),
		...(wait === 'none' ? {} : {wait}),
	};
}

/** A fault as a preset writes it. */
export function faultJson({
	at,
	kind,
	for: time,
	every,
	vcpu,
	probability,
}: FaultSpec): Readonly<Record<string, unknown>> {
	return {
		at: formatDuration(at),
		kind,
		...(time === undefined ? {} : {for: formatDuration(time)}),
		...(every === undefined ? {} : {every: formatDuration(every)}),
		...(vcpu === undefined ? {} : {vcpu}),
		...(probability === undefined ? {} : {probability}),
	};
}

function stepJson({
	write,
	commands,
	begin,
	queue,
	notify,
	prepare,
	service,
	gpuTime,
	wait,
	timeout,
	think,
	fenced,
	objects,
	pages,
	rect,
}: LoopStep): Readonly<Record<string, unknown>> {
	return {
		...(write === undefined ? {commands} : {write}),
		...(begin === undefined ? {} : {begin}),
		...(queue === undefined ? {} : {queue}),
		...(notify === 'end' ? {} : {notify}),
		...(prepare === undefined ? {} : {prepare: formatDistribution(prepare)}),
		...(service === undefined ? {} : {service: formatDistribution(service)}),
		...(gpuTime === undefined ? {} : {gpuTime: formatDistribution(gpuTime)}),
		...(wait === undefined ? {} : {wait}),
		...(timeout === undefined ? {} : {timeout: formatDuration(timeout)}),
		...(think === undefined ? {} : {think: formatDistribution(think)}),
		...(fenced ? {fenced} : {}),
		...(objects === (fenced ? 1 : 0) ? {} : {objects}),
		...(pages === undefined ? {} : {pages}),
		...(rect === undefined ? {} : {rect: `${rect.width}x${rect.height}`}),
	};
}
