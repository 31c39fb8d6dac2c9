import { describe, expect, it } from 'vitest'
import { testFolder } from '../testing'
import { layOut } from './survey'

const folder = testFolder()
const layout = async (...lines: readonly string[]) => layOut(await folder.write([...lines, ''].join('\n')))

const NUMBERS = ['0,1,2,3', '4,5,6,7', '8,9,10,11']

describe('several lines above the rows', () => {
  it('are names below those of groups, whose cells span columns', async () => {
    const found = await layout('Group A,,Group B,', 'a,b,c,d', ...NUMBERS)
    expect(found).toMatchObject({ names: ['a', 'b', 'c', 'd'], units: [null, null, null, null], rows: 3 })
    expect(found.notes).toEqual(['The table begins in line 2: what stands above it is left out.'])
  })

  it('are told apart by their groups where names repeat', async () => {
    const found = await layout('Group A,,Group B,', 'a,b,a,b', ...NUMBERS)
    expect(found.names).toEqual(['Group A a', 'Group A b', 'Group B a', 'Group B b'])
    const both = await layout('North,North,South,South', 'high,low,high,low', ...NUMBERS)
    expect(both.names).toEqual(['North high', 'North low', 'South high', 'South low'])
  })

  it('are names above units, whatever stands above those', async () => {
    const found = await layout('Group A,Group B', 'a,b', 'm,s', '0,1', '2,3')
    expect(found).toMatchObject({ names: ['a', 'b'], units: ['m', 's'], rows: 2 })
    const plain = await layout('x,y', 'm,s', '0,1', '2,3')
    expect(plain).toMatchObject({ names: ['x', 'y'], units: ['m', 's'], rows: 2 })
  })

  it('are those of a Campbell logger', async () => {
    const found = await layout(
      '"TOA5","CR1000","CR1000","1234","CR1000.Std.28","CPU:prog.CR1","5678","Table1"',
      '"TIMESTAMP","RECORD","Batt","Temp"',
      '"TS","RN","Volts","Deg C"',
      '"","","Min","Avg"',
      '"2024-03-01 10:00:00",0,12.5,20.1',
      '"2024-03-01 10:10:00",1,12.4,20.3',
      '"2024-03-01 10:20:00",2,12.4,"NAN"',
    )
    expect(found).toMatchObject({
      names: ['TIMESTAMP', 'RECORD', 'Batt', 'Temp'],
      units: ['TS', 'RN', 'Volts', 'Deg C'],
      rows: 3,
    })
    expect(found.notes).toEqual([
      'The table begins in line 2: what stands above it is left out.',
      'A line below the names is taken for units.',
      'A line without values below the names is left out.',
    ])
  })

  it('are none where the second one is a row of words for missing values', async () => {
    expect(await layout('x,y', 'bad,bad', '0,1', '2,3')).toMatchObject({ names: ['x', 'y'], rows: 3 })
  })

  it('are none where the second one has a value in few columns, as a row may', async () => {
    expect(await layout('a,b,c', ',low,', '1,2,', '4,5,6')).toMatchObject({ names: ['a', 'b', 'c'], rows: 3 })
  })

  it('are none where texts stand in the rows', async () => {
    expect(await layout('name,x', 'anna,low', 'bert,2', 'carl,3')).toMatchObject({ names: ['name', 'x'], rows: 3 })
  })
})
