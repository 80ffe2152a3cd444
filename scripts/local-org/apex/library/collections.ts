// List, Set and Map. They keep the order of insertion.
import { apexError, nullDereference } from '../errors.ts';
import type { ApexType } from '../model.ts';
import { equalsIn, invoke, invokePromised, notSupported } from '../objects.ts';
import { equals, sortOrder } from '../operators.ts';
import type { Frame } from '../transaction.ts';
import { assign } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexInstance, ApexList, ApexMap, ApexSet, ApexSObject, keyOf, PlatformObject } from '../values.ts';
import type { InstanceTable } from './native.ts';
import { whole } from './native.ts';

/** `new List<T>()`, of a size, or with the content of another collection. */
export function newCollection(type: ApexType, [source]: Value[]): Value {
    switch (type.kind) {
        case 'list': {
            if (typeof source === 'number') return new ApexList(type.of, new Array<Value>(source).fill(null));
            return new ApexList(
                type.of,
                itemsOf(source).map((item) => assign(item, type.of))
            );
        }
        case 'set':
            return new ApexSet(
                type.of,
                itemsOf(source).map((item) => assign(item, type.of))
            );
        case 'map': {
            const map = new ApexMap(type.key, type.of);
            if (source !== undefined) putAll(map, source);
            return map;
        }
        default:
            throw new Error(`${type.kind} is not a collection`);
    }
}

function itemsOf(source: Value | undefined): Value[] {
    if (source === undefined) return [];
    if (source instanceof ApexList) return source.items;
    if (source instanceof ApexSet) return [...source.members.values()];
    throw nullDereference();
}

function position(list: ApexList, index: Value, limit = list.items.length): number {
    const at = whole(index);
    if (at < 0 || at >= limit) throw apexError('ListException', `List index out of bounds: ${at}`);
    return at;
}

function sort(list: ApexList, frame: Frame, comparator?: Value): null {
    list.items.sort((left, right) => compare(frame, left, right, comparator));
    return null;
}

function compare(frame: Frame, left: Value, right: Value, comparator?: Value): number {
    if (comparator instanceof ApexInstance)
        return whole(invokePromised(frame, comparator, 'compare', [left, right]));
    if (left instanceof ApexInstance && right !== null) {
        const order = invoke(frame, left, 'compareTo', [right]);
        if (!order) throw notSupported(frame, `List.sort() of ${left.cls.fullName}, which is not Comparable`);
        return whole(order.value);
    }
    if (left instanceof ApexSObject || right instanceof ApexSObject) {
        throw notSupported(frame, 'List.sort() of records without a Comparator');
    }
    return sortOrder(left, right);
}

/** As `==`, but text with case. */
function same(frame: Frame, left: Value, right: Value): boolean {
    if (typeof left === 'string' && typeof right === 'string') return left === right;
    return equalsIn(frame, left, right);
}

function indexOf(list: ApexList, wanted: Value, frame: Frame): number {
    const item = assign(wanted, list.of);
    return list.items.findIndex((one) => same(frame, item, one));
}

export const listMethods: InstanceTable<ApexList> = {
    'add/1': (self, [item]) => {
        self.items.push(assign(item, self.of));
        return null;
    },
    'add/2': (self, [index, item]) => {
        self.items.splice(position(self, index, self.items.length + 1), 0, assign(item, self.of));
        return null;
    },
    'addall/1': (self, [source]) => {
        self.items.push(...itemsOf(source).map((item) => assign(item, self.of)));
        return null;
    },
    'get/1': (self, [index]) => self.items[position(self, index)],
    'set/2': (self, [index, item]) => {
        self.items[position(self, index)] = assign(item, self.of);
        return null;
    },
    'remove/1': (self, [index]) => self.items.splice(position(self, index), 1)[0],
    'size/0': (self) => self.items.length,
    'isempty/0': (self) => self.items.length === 0,
    'clear/0': (self) => {
        self.items.length = 0;
        return null;
    },
    'clone/0': (self) => new ApexList(self.of, [...self.items]),
    'deepclone/0': (self) =>
        new ApexList(
            self.of,
            self.items.map((item) => (item instanceof ApexSObject ? copyRecord(item, false) : item))
        ),
    'contains/1': (self, [item], frame) => indexOf(self, item, frame) >= 0,
    'indexof/1': (self, [item], frame) => indexOf(self, item, frame),
    'sort/0': (self, _args, frame) => sort(self, frame),
    'sort/1': (self, [comparator], frame) => sort(self, frame, comparator),
    'iterator/0': (self) => new PlatformObject<Cursor>('Iterator', { items: [...self.items], next: 0 }),
    'equals/1': (self, [other]) => equals(self, other)
};

interface Cursor {
    items: Value[];
    next: number;
}

export const iteratorMethods: InstanceTable<PlatformObject<Cursor>> = {
    'hasnext/0': ({ state }) => state.next < state.items.length,
    'next/0': ({ state }) => {
        if (state.next >= state.items.length) throw apexError('NoDataFoundException', 'No more elements');
        return state.items[state.next++];
    }
};

/** A copy of the record's own fields, with or without its id. */
export function copyRecord(record: ApexSObject, keepsId: boolean): ApexSObject {
    const copy = new ApexSObject(record.type, record.def);
    for (const { name, value } of record.fields.values()) if (keepsId || name !== 'Id') copy.set(name, value);
    copy.queried = record.queried;
    return copy;
}

const sameSize = (self: ApexSet, work: () => void): boolean => {
    const before = self.members.size;
    work();
    return self.members.size !== before;
};

const addAll = (self: ApexSet, items: Value[]): void => {
    for (const item of items) {
        const member = assign(item, self.of);
        const key = keyOf(member);
        if (!self.members.has(key)) self.members.set(key, member);
    }
};

const memberKey = (self: ApexSet, item: Value): unknown => keyOf(assign(item, self.of));

export const setMethods: InstanceTable<ApexSet> = {
    'add/1': (self, [item]) => sameSize(self, () => addAll(self, [item])),
    'addall/1': (self, [source]) => sameSize(self, () => addAll(self, itemsOf(source))),
    'contains/1': (self, [item]) => self.members.has(memberKey(self, item)),
    'containsall/1': (self, [source]) =>
        itemsOf(source).every((item) => self.members.has(memberKey(self, item))),
    'remove/1': (self, [item]) => self.members.delete(memberKey(self, item)),
    'removeall/1': (self, [source]) =>
        sameSize(self, () => itemsOf(source).forEach((item) => self.members.delete(memberKey(self, item)))),
    'retainall/1': (self, [source]) => {
        const kept = new Set(itemsOf(source).map((item) => memberKey(self, item)));
        return sameSize(self, () =>
            [...self.members.keys()].forEach((key) => kept.has(key) || self.members.delete(key))
        );
    },
    'size/0': (self) => self.members.size,
    'isempty/0': (self) => self.members.size === 0,
    'clear/0': (self) => {
        self.members.clear();
        return null;
    },
    'clone/0': (self) => new ApexSet(self.of, self.members.values()),
    'iterator/0': (self) =>
        new PlatformObject<Cursor>('Iterator', { items: [...self.members.values()], next: 0 }),
    'equals/1': (self, [other]) => equals(self, other)
};

const keyIn = (self: ApexMap, key: Value): Value => assign(key, self.key);

function putAll(map: ApexMap, source: Value): void {
    if (source instanceof ApexMap) {
        for (const { key, value } of source.entries.values()) map.put(keyIn(map, key), assign(value, map.of));
    } else {
        for (const item of itemsOf(source)) {
            const { id } = item as ApexSObject;
            if (id === null) throw apexError('ListException', 'Row with null Id at index: 0');
            map.put(keyIn(map, id), assign(item, map.of));
        }
    }
}

export const mapMethods: InstanceTable<ApexMap> = {
    'put/2': (self, [key, value]) => {
        const own = keyIn(self, key);
        const before = self.get(own);
        self.put(own, assign(value, self.of));
        return before;
    },
    'putall/1': (self, [source]) => {
        putAll(self, source);
        return null;
    },
    'get/1': (self, [key]) => self.get(keyIn(self, key)),
    'containskey/1': (self, [key]) => self.has(keyIn(self, key)),
    'remove/1': (self, [key]) => {
        const own = keyIn(self, key);
        const before = self.get(own);
        self.remove(own);
        return before;
    },
    'keyset/0': (self) => {
        const keys = [...self.entries.values()].map((entry) => entry.key);
        const set = new ApexSet(self.key, keys);
        set.keysOf = self;
        return set;
    },
    'values/0': (self) =>
        new ApexList(
            self.of,
            [...self.entries.values()].map((entry) => entry.value)
        ),
    'size/0': (self) => self.entries.size,
    'isempty/0': (self) => self.entries.size === 0,
    'clear/0': (self) => {
        self.entries.clear();
        return null;
    },
    'clone/0': (self) => {
        const copy = new ApexMap(self.key, self.of);
        putAll(copy, self);
        return copy;
    },
    'equals/1': (self, [other]) => equals(self, other)
};
