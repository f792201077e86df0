import type { ReadPerson } from '../model.ts'
import { comparable, namesAgree, wholeName } from '../reading/name.ts'

/** Somebody of a file, as they are compared with others. */
export type Someone = {
  ident: Buffer
  rowNo: number
  name: string
  compared: string
  mother: string
  birthYear: string
  birth: string | undefined
  phone: string | undefined
  idKind: 'palestinian-id' | 'passport' | undefined
  id: string | undefined
  /** Another of the file has the same number and another name. */
  against: Buffer | undefined
  /** A row of theirs is to be written. */
  wanted: boolean
}

/** Who a file names: each once, whoever has the same number being one person however the name is spelt. */
export class Book {
  readonly people = new Map<string, Someone>()

  /**
   * Takes somebody in. Where a number comes again with a name that does not agree, that is somebody else whose number is in doubt:
   * `other` then says under which ident they go on, and the number is not theirs.
   */
  meet(
    person: ReadPerson,
    at: { rowNo: number; ident: Buffer; identOfOther: (compared: string) => Buffer },
  ): { someone: Someone; other: boolean; respelt: boolean } {
    const name = wholeName(person)
    const known = this.people.get(at.ident.toString('hex'))
    if (known && !namesAgree(known.name, name)) {
      const ident = at.identOfOther(comparable(name))
      const again = this.people.get(ident.toString('hex'))
      const someone =
        again ?? this.enter({ ...person, id: undefined, idKind: undefined }, at.rowNo, ident, name)
      someone.against = known.ident
      return { someone, other: true, respelt: false }
    }
    if (known) return { someone: known, other: false, respelt: known.compared !== comparable(name) }
    return { someone: this.enter(person, at.rowNo, at.ident, name), other: false, respelt: false }
  }

  private enter(
    person: Omit<ReadPerson, 'id' | 'idKind'> & {
      id?: string | undefined
      idKind?: ReadPerson['idKind'] | undefined
    },
    rowNo: number,
    ident: Buffer,
    name: string,
  ): Someone {
    const someone: Someone = {
      ident,
      rowNo,
      name,
      compared: comparable(name),
      mother: comparable(person.mother ?? ''),
      birthYear: person.birth?.slice(0, 4) ?? '',
      birth: person.birth,
      phone: person.phone,
      idKind: person.idKind,
      id: person.id,
      against: undefined,
      wanted: false,
    }
    this.people.set(ident.toString('hex'), someone)
    return someone
  }

  /** For each of the file who may be an earlier one of it: by mother and year of birth, or by telephone, when not both have a number. */
  doubles(): Map<string, { of: Someone; reason: string }[]> {
    const byBirth = new Map<string, Someone[]>()
    const byPhone = new Map<string, Someone[]>()
    const found = new Map<string, { of: Someone; reason: string }[]>()
    const add = (index: Map<string, Someone[]>, key: string, someone: Someone) => {
      const list = index.get(key)
      if (list) list.push(someone)
      else index.set(key, [someone])
    }
    for (const [hex, someone] of this.people) {
      const birth = `${someone.compared} ${someone.mother} ${someone.birthYear}`
      const born = someone.mother !== '' && someone.birthYear !== ''
      const likely = [
        ...(born ? (byBirth.get(birth) ?? []).map(of => ({ of, reason: 'same-name-mother-birth' })) : []),
        ...(someone.phone ? (byPhone.get(someone.phone) ?? []) : [])
          .filter(of => namesAgree(of.name, someone.name))
          .map(of => ({ of, reason: 'same-phone' })),
      ].filter(({ of }) => of.id === undefined || someone.id === undefined)
      const each = likely.filter(({ of }, at) => likely.findIndex(other => other.of === of) === at)
      if (each.length > 0) found.set(hex, each.slice(0, 5))
      if (born) add(byBirth, birth, someone)
      if (someone.phone) add(byPhone, someone.phone, someone)
    }
    return found
  }
}
