/** A line of results: configuration that holds for it, iterations, and a value for each unit. */
export type GoResult = {
	readonly configuration: ReadonlyMap<string, string>;
	readonly name: string;
	/** `key=value` parts of the name. */
	readonly labels: ReadonlyMap<string, string>;
	readonly iterations: number;
	readonly values: ReadonlyMap<string, number>;
};

const configurationLine = /^(?<key>\p{Ll}[^\s\p{Lu}]*):[ \t]+(?<value>.*)$/v;
const benchmarkName = /^Benchmark\p{Lu}\S*$/v;
/** What `strconv.ParseFloat` takes, of what we write. */
const float = /^[+\-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+\-]?\d+)?$/v;
const processors = /-\d+$/v;

/**
Reads a text in the format of Go's benchmarks as strictly as it is defined, and throws for a line
that is none: here every line is meant to be read.

Source: golang.org/design/14313-benchmark-format.
*/
export function readGoBenchmark(text: string): readonly GoResult[] {
	const configuration = new Map<string, string>();
	const results: GoResult[] = [];
	for (const line of text.trimEnd().split('\n')) {
		if (!line.startsWith('Benchmark')) {
			const groups = configurationLine.exec(line)?.groups;
			if (groups === undefined) {
				throw new Error(`neither a configuration nor a result: ${line}`);
			}

			const {key, value} = groups;
			configuration.set(key, value);
			continue;
		}

		const [name, iterations, ...rest] = line.split(/\s+/v);
		if (!benchmarkName.test(name) || processors.test(name)) {
			throw new Error(`no name of a benchmark, or one that ends like GOMAXPROCS: ${name}`);
		}

		if (rest.length < 2 || rest.length % 2 !== 0 || !/^\d+$/v.test(iterations)) {
			throw new Error(`not iterations and pairs of value and unit: ${line}`);
		}

		results.push({
			configuration: new Map(configuration),
			name,
			labels: new Map(
				name
					.split('/')
					.slice(1)
					.map(part => {
						const [key, ...value] = part.split('=');
						return [key, value.join('=')];
					}),
			),
			iterations: Number(iterations),
			values: valuesOf(rest),
		});
	}

	return results;
}

function valuesOf(fields: readonly string[]): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	for (let index = 0; index < fields.length; index += 2) {
		const [value, unit] = [fields[index], fields[index + 1]];
		if (!float.test(value)) {
			throw new Error(`no number: ${value} ${unit}`);
		}

		if (values.has(unit)) {
			throw new Error(`two values of ${unit}`);
		}

		values.set(unit, Number(value));
	}

	return values;
}
