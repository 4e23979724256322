/**
The state of an object tree at one moment, as a flat list of plain values. Can be
cloned and posted to a worker.
*/
export type StateImage = readonly unknown[];

/**
Typed arrays longer than this are kept without the zeros at their ends: most
buckets of a histogram are empty.
*/
const longArray = 256;

/**
A long typed array: its length, and what lies between the zeros at its
ends, perhaps in smaller words.
*/
type Trimmed = {readonly length: number; readonly from: number; readonly values: TypedArray};

type TypedArray = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

const isTypedArray = (value: object): value is TypedArray => ArrayBuffer.isView(value) && !(value instanceof DataView);

/** True for what is no state: immutable values, and what says of itself that it is none. */
const isLeaf = (value: object): boolean => Object.isFrozen(value);
const isTransient = (value: object): boolean => 'transient' in value && value.transient === true;

/**
Private fields in the text of a class: it is where they can be seen. By constructor, as a
class has the same text for ever.
*/
const withPrivateFields = new WeakMap<object, boolean>();

function hasPrivateFields(value: object): boolean {
	const {constructor} = value;
	const known = withPrivateFields.get(constructor);
	if (known !== undefined) {
		return known;
	}

	const parent: unknown = Object.getPrototypeOf(constructor.prototype);
	const own = /\.#[\w$]/v.test(Function.prototype.toString.call(constructor));
	const found =
		own ||
		(typeof parent === 'object' && parent !== null && parent !== Object.prototype && hasPrivateFields(parent));
	withPrivateFields.set(constructor, found);
	return found;
}

/** Throws for what keeps state where a walk over properties does not see it. */
function refuseHidden(value: object, key: string): void {
	const hidden =
		value instanceof Map ||
		value instanceof Set ||
		value instanceof WeakMap ||
		value instanceof WeakSet ||
		value instanceof DataView ||
		value instanceof ArrayBuffer ||
		value instanceof Date ||
		value instanceof Promise;
	if (
		hidden ||
		(value.constructor !== Object &&
			value.constructor !== Array &&
			value.constructor !== undefined &&
			hasPrivateFields(value))
	) {
		const what = hidden
			? `a ${value.constructor.name}`
			: `of the class ${value.constructor.name}, which has #private fields`;
		throw new Error(
			`state image: ${key} is ${what}, whose state cannot be copied; keep it in plain fields or typed ` +
				'arrays, or say that it is transient',
		);
	}
}

/**
What an object says that its state comes to, in place of its fields: without what is only past.
*/
const essenceOf = (value: object): readonly unknown[] | undefined =>
	'essence' in value ? (value.essence as readonly unknown[]) : undefined;

/**
Calls `leaf` with all that is state below `root`, in an order that depends
on the shape of the tree only.
*/
function walk(root: object, except: readonly object[], leaf: (value: unknown) => void, isEssential: boolean): void {
	const seen = new Set<object>(except);
	const visit = (node: object): void => {
		seen.add(node);
		const essence = isEssential ? essenceOf(node) : undefined;
		if (essence !== undefined) {
			for (const value of essence) {
				leaf(value);
			}

			return;
		}

		for (const key of Object.keys(node)) {
			const value = (node as Readonly<Record<string, unknown>>)[key];
			if (typeof value === 'function') {
				continue;
			}

			if (typeof value !== 'object' || value === null || isLeaf(value) || isTypedArray(value)) {
				leaf(value);
			} else if (!seen.has(value) && !isTransient(value)) {
				refuseHidden(value, key);
				visit(value);
			}
		}
	};

	visit(root);
}

/**
Copies all numbers, booleans, strings, frozen objects and typed arrays below `root`.

The model keeps its state in a tree of objects that is fixed when it is built: only
leaves change, and one thread refers to another by number. So the walk meets the same
leaves in the same order when the image is put back, in this object or in another one
that was built from the same configuration. Objects with `transient: true` (observers)
and those in `except` are passed over; functions are code, not state. Throws for a Map, a Set and
whatever else hides its state (#private fields, dates, buffers), which would be lost without a word.
*/
export function captureState(root: object, except: readonly object[] = []): StateImage {
	const image: unknown[] = [];
	walk(
		root,
		except,
		value => {
			image.push(typeof value === 'object' && value !== null && isTypedArray(value) ? copyOf(value) : value);
		},
		false,
	);
	return image;
}

/**
What matters for what is to come, of the same tree: an object with an `essence` is worth
what that says. Nothing is copied, so it holds until the tree changes. For
`stateFingerprint`; it cannot be put back.
*/
export function stateEssence(root: object, except: readonly object[] = []): StateImage {
	const image: unknown[] = [];
	walk(
		root,
		except,
		value => {
			image.push(value);
		},
		true,
	);
	return image;
}

/**
Puts an image back, in place: objects keep their identity, typed arrays too unless
their length differs. Throws when the tree does not have the shape of the image.
*/
export function restoreState(root: object, image: StateImage, except: readonly object[] = []): void {
	let next = 0;
	const seen = new Set<object>(except);
	const visit = (node: object): void => {
		seen.add(node);
		for (const key of Object.keys(node)) {
			const value = (node as Readonly<Record<string, unknown>>)[key];
			if (typeof value === 'function') {
				continue;
			}

			if (typeof value !== 'object' || value === null || isLeaf(value)) {
				Reflect.set(node, key, image[next++]);
			} else if (isTypedArray(value)) {
				const restored = restoredArray(value, image[next++]);
				if (restored === undefined) {
					throw new Error(`state image does not fit at ${key}`);
				}

				if (restored !== value) {
					Reflect.set(node, key, restored);
				}
			} else if (!seen.has(value) && !isTransient(value)) {
				visit(value);
			}
		}
	};

	visit(root);
	if (next !== image.length) {
		throw new Error(`state image has ${image.length} values, the tree ${next}`);
	}
}

function copyOf(value: TypedArray): TypedArray | Trimmed {
	const {length} = value;
	if (length <= longArray) {
		return value.slice();
	}

	let to = length;
	while (to > 0 && Object.is(value[to - 1], 0)) {
		to--;
	}

	let from = 0;
	while (from < to && Object.is(value[from], 0)) {
		from++;
	}

	return {length, from, values: packed(value, from, to)};
}

/**
A part of an array; counts that are small in smaller words: most long
arrays are buckets of histograms.
*/
function packed(value: TypedArray, from: number, to: number): TypedArray {
	let largest = 0;
	for (let index = from; index < to; index++) {
		const count = value[index];
		if (count >= 4_294_967_296 || !Object.is(count, count >>> 0)) {
			return value.slice(from, to);
		}

		largest = Math.max(largest, count);
	}

	const part = value.subarray(from, to);
	return largest < 65_536 && value.BYTES_PER_ELEMENT > 2
		? Uint16Array.from(part)
		: value.BYTES_PER_ELEMENT > 4
			? Uint32Array.from(part)
			: part.slice();
}

/**
The array with what was saved of it, itself where its length is the same;
undefined when that is no array.
*/
function restoredArray(value: TypedArray, saved: unknown): TypedArray | undefined {
	if (typeof saved !== 'object' || saved === null) {
		return undefined;
	}

	const {length, from, values} = isTypedArray(saved)
		? {length: saved.length, from: 0, values: saved}
		: (saved as Partial<Trimmed>);
	if (length === undefined || from === undefined || values === undefined) {
		return undefined;
	}

	const target =
		value.length === length ? value : new (value.constructor as new (size: number) => TypedArray)(length);
	if (values.length < length) {
		target.fill(0);
	}

	target.set(values, from);
	return target;
}
