import * as z from 'zod'
import { Id, line, operation } from '../../shared/contract.ts'
import { Attribute, Family, Place } from './contract-shapes.ts'

/** Families of products and the places that have them: set up once, seldom changed. */
export const families = {
  families: operation({
    method: 'GET',
    path: '/api/product-families',
    permission: 'catalogue.read',
    summary: 'Families of products with the features they declare',
    input: z.object({}),
    output: z.object({ items: z.array(Family) }),
  }),
  addFamily: operation({
    method: 'POST',
    path: '/api/product-families',
    permission: 'catalogue.edit',
    summary: 'Add a family of products',
    input: z.object({
      name: line(100),
      attributes: z.array(Attribute).max(60).default([]),
      staffId: Id.nullable().default(null),
    }),
    output: Family,
    status: 201,
  }),
  changeFamily: operation({
    method: 'PATCH',
    path: '/api/product-families/:id',
    permission: 'catalogue.edit',
    summary: 'Change a family; what products say of a feature that is no longer declared is kept but not shown',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      attributes: z.array(Attribute).max(60).optional(),
      staffId: Id.nullable().optional(),
      version: z.number().int().optional(),
    }),
    output: Family,
  }),
  places: operation({
    method: 'GET',
    path: '/api/places',
    permission: 'catalogue.read',
    summary: 'Branches, stores and rooms that have products or give services',
    input: z.object({}),
    output: z.object({ items: z.array(Place) }),
  }),
  addPlace: operation({
    method: 'POST',
    path: '/api/places',
    permission: 'catalogue.edit',
    summary: 'Add a place',
    input: z.object({ name: line(100), address: z.string().trim().max(500).default('') }),
    output: Place,
    status: 201,
  }),
  changePlace: operation({
    method: 'PATCH',
    path: '/api/places/:id',
    permission: 'catalogue.edit',
    summary: 'Change a place, or end it',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      address: z.string().trim().max(500).optional(),
      ended: z.boolean().optional(),
      version: z.number().int().optional(),
    }),
    output: Place,
  }),
}
