/** A metric that is defined here, or null (a share of nothing, a queue that has no client). */
export type MetricValue = number | null;

/**
Every leaf of a metrics object by its dotted path: `lock.spin.worker`, `cpu.vcpus[1].spin`.
The order is that of the object. NaN and infinities become null, as the JSON has no word for them.
*/
export function metricPaths(metrics: object): Map<string, MetricValue> {
	const paths = new Map<string, MetricValue>();
	collect(metrics, '', paths);
	return paths;
}

/**
The value under a path. A branch that is null here as a whole (`cursor` without cursor
clients) makes everything under it null; undefined means that there is no such path.
*/
export function metricAt(metrics: object, path: string): MetricValue | undefined {
	const direct = walk(
		metrics,
		path.split(/[.\[\]]+/v).filter(part => part !== ''),
	);
	if (direct !== undefined) {
		return direct;
	}

	// Names of clients may hold dots.
	const paths = metricPaths(metrics);
	const value = paths.get(path);
	if (value !== undefined) {
		return value;
	}

	for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
		if (paths.get(path.slice(0, end)) === null) {
			return null;
		}
	}

	return undefined;
}

function walk(metrics: object, parts: readonly string[]): MetricValue | undefined {
	let node: unknown = metrics;
	for (const part of parts) {
		if (typeof node !== 'object' || node === null) {
			return undefined;
		}

		const children = new Map<string, unknown>(Object.entries(node));
		node = children.get(part);
	}

	return leaf(node);
}

/** The value of a leaf; undefined for a branch. */
function leaf(node: unknown): MetricValue | undefined {
	if (typeof node === 'number') {
		return Number.isFinite(node) ? node : null;
	}

	return node === null ? null : undefined;
}

function collect(node: object, prefix: string, paths: Map<string, MetricValue>): void {
	const indexed = Array.isArray(node);
	const children: ReadonlyArray<[string, unknown]> = Object.entries(node);
	for (const [key, child] of children) {
		const path = indexed ? `${prefix}[${key}]` : prefix === '' ? key : `${prefix}.${key}`;
		const value = leaf(child);
		if (value !== undefined) {
			paths.set(path, value);
		} else if (typeof child === 'object' && child !== null) {
			collect(child, path, paths);
		}
	}
}
