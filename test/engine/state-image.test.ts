import {expect, test} from 'vitest';
import {captureState, restoreState} from '../../source/engine/state-image.js';

class Leaf {
	count = 1;
	name = 'a';
	on = true;
	readonly numbers = Float64Array.of(1, 2, 3);
}

class Tree {
	readonly leaves = [new Leaf(), new Leaf()];
	buffer = Int32Array.of(7);
	settings: Readonly<{mode: string}> = Object.freeze({mode: 'x'});
	nothing: Leaf | null = null;
	readonly listener = {transient: true, heard: 0};
	readonly outside: {value: number};
	readonly self: Tree;

	constructor(outside: {value: number}) {
		this.outside = outside;
		this.self = this;
	}

	spoil(): void {
		this.leaves[1].count = 99;
		this.leaves[1].name = 'b';
		this.leaves[0].on = false;
		this.leaves[0].numbers.fill(-1);
		this.buffer = Int32Array.of(1, 2, 3, 4);
		this.settings = Object.freeze({mode: 'y'});
		this.listener.heard = 5;
		this.outside.value = 6;
	}
}

test('puts everything back in place, and leaves alone what is no state', () => {
	const outside = {value: 0};
	const tree = new Tree(outside);
	const {leaves} = tree;
	const {numbers} = leaves[0];
	const image = captureState(tree, [outside]);
	tree.spoil();
	restoreState(tree, image, [outside]);
	expect(tree.leaves[1]).toEqual(new Leaf());
	expect(tree.leaves[0]).toEqual(new Leaf());
	expect(tree.leaves[0].numbers).toBe(numbers);
	expect([...tree.buffer]).toEqual([7]);
	expect(tree.settings.mode).toBe('x');
	expect(tree.listener.heard).toBe(5);
	expect(outside.value).toBe(6);
});

test('an image is a copy: it survives what happens later, can be used twice and in another tree', () => {
	const tree = new Tree({value: 0});
	tree.leaves[0].count = 42;
	const image = captureState(tree);
	tree.spoil();
	restoreState(tree, image);
	tree.spoil();
	tree.leaves[0].numbers.fill(-2);
	restoreState(tree, image);
	expect(tree.leaves[0].count).toBe(42);
	expect([...tree.leaves[0].numbers]).toEqual([1, 2, 3]);
	const other = new Tree({value: 0});
	restoreState(other, image);
	expect(other.leaves[0].count).toBe(42);
	other.leaves[0].numbers.fill(0);
	expect([...tree.leaves[0].numbers]).toEqual([1, 2, 3]);
});

test('an image can be posted to a worker', () => {
	const tree = new Tree({value: 0});
	const image = structuredClone(captureState(tree));
	tree.spoil();
	restoreState(tree, image);
	expect([...tree.buffer]).toEqual([7]);
});

test('a tree of another shape is refused', () => {
	const image = captureState(new Tree({value: 0}));
	const tree = new Tree({value: 0});
	tree.leaves.push(new Leaf());
	expect(() => {
		restoreState(tree, image);
	}).toThrow(/state image/v);
	const small = new Tree({value: 0});
	small.leaves.pop();
	expect(() => {
		restoreState(small, image);
	}).toThrow(/state image/v);
});

class Hidden {
	#count = 1;

	get count(): number {
		return this.#count++;
	}
}

class Heir extends Hidden {
	readonly plain = 1;
}

test.each([
	['a Map', new Map([[1, 2]])],
	['a Set', new Set([1])],
	['a Date', new Date(0)],
	['of the class Hidden, which has #private fields', new Hidden()],
	['of the class Heir, which has #private fields', new Heir()],
])('what hides its state is refused: %s', (what, value) => {
	expect(() => captureState({machine: {part: value}})).toThrow(`part is ${what}`);
	expect(captureState({machine: {part: value, other: 1}}, [value])).toEqual([1]);
	expect(captureState({part: {transient: true, value}})).toEqual([]);
});

test('long arrays are kept without the zeros around what is in them', () => {
	const tree = {buckets: new Float64Array(5000), empty: new Uint8Array(1000), sign: new Float64Array(300)};
	tree.buckets.set([3, 0, 5], 2000);
	tree.sign[299] = -0;
	const image = captureState(tree);
	expect(JSON.stringify(image).length).toBeLessThan(200);
	const {buckets} = tree;
	tree.buckets.fill(7);
	tree.empty = Uint8Array.of(1, 2);
	tree.sign[299] = 0;
	restoreState(tree, image);
	expect(tree.buckets).toBe(buckets);
	expect([...tree.buckets].flatMap((value, index) => (value === 0 ? [] : [[index, value]]))).toEqual([
		[2000, 3],
		[2002, 5],
	]);
	expect([...tree.empty]).toEqual(Array.from({length: 1000}, () => 0));
	expect(tree.sign[299]).toBe(-0);
	// A shorter array grows to what it was.
	const longer = captureState({buckets: new Float64Array(5000).fill(1)});
	const short = {buckets: new Float64Array(3)};
	restoreState(short, longer);
	expect(short.buckets).toEqual(new Float64Array(5000).fill(1));
});

test('a long array comes back as it was, whatever room its copy took', () => {
	const count = 600;
	for (const values of [
		Float64Array.from({length: count}, (_, index) => index % 7),
		Float64Array.from({length: count}, (_, index) => index * 70_000),
		Float64Array.from({length: count}, (_, index) => index * 2 ** 40),
		Float64Array.from({length: count}, (_, index) => index / 3 - 1),
		Float64Array.from({length: count}, (_, index) => (index === 300 ? -0 : 5)),
		Int32Array.from({length: count}, (_, index) => index - 300),
		Uint8Array.from({length: count}, (_, index) => index % 256),
		new Uint32Array(count).fill(2 ** 32 - 1),
	]) {
		const tree = {values};
		const image = captureState(tree);
		const expected = values.slice();
		values.fill(9);
		restoreState(tree, image);
		expect(tree.values).toBe(values);
		expect(Object.is(tree.values[300], expected[300])).toBe(true);
		expect(tree.values).toEqual(expected);
		const other = {values: new (values.constructor as new (size: number) => typeof values)(3)};
		restoreState(other, image);
		expect(other.values).toEqual(expected);
	}
});
