/**
 * A module for NestJS: group sync by dependency injection, and guards that ask for a role or a group.
 *
 * @packageDocumentation
 * @category Your application
 */

import {
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  type InjectionToken,
  Module,
  type ModuleMetadata,
  mixin,
  type OptionalFactoryDependency,
  type Type,
  UnauthorizedException,
  UseGuards,
} from "@nestjs/common";
import type { ApplicationSync } from "idp-group-sync/app";

/** What a user has, as the application keeps it between logins: of somebody who was `kept`, `role` may be `null`. */
export type UserAccess =
  | { role: string | null; groups: readonly string[] }
  | { roles: readonly string[]; groups: readonly string[] };

/** What the module has to know. */
export interface GroupSyncModuleOptions<Access> {
  /** What `defineGroupSync` made. */
  sync: ApplicationSync<Access>;
  /** The roles, lowest first, where a user has one at a time: a higher one is as good as a lower one. */
  roles?: readonly string[];
  /** What the user of a request has; `undefined` or `null` for nobody, and for somebody whose session is over. */
  // biome-ignore lint/suspicious/noExplicitAny: it is of the platform, and of what middleware puts into it
  accessOf(request: any, context: ExecutionContext): MaybePromise<UserAccess | null | undefined>;
}

type MaybePromise<Value> = Value | Promise<Value>;

// One for `import` and `require`, which load the package twice.
const OPTIONS = Symbol.for("idp-group-sync/nestjs options");

/** The token of what {@link InjectGroupSync} injects, for tests that put something else there. */
export const GROUP_SYNC: InjectionToken = Symbol.for("idp-group-sync/nestjs");

/** Injects what `defineGroupSync` made: `constructor(@InjectGroupSync() private readonly sync: …)`. */
export const InjectGroupSync = (): ParameterDecorator & PropertyDecorator => Inject(GROUP_SYNC);

/** Group sync, for every module of the application. */
// biome-ignore lint/complexity/noStaticOnlyClass: to Nest a module is a class
export class GroupSyncModule {
  static forRoot<Access>(options: GroupSyncModuleOptions<Access>): DynamicModule {
    return GroupSyncModule.forRootAsync({ useFactory: () => options });
  }

  /** The same where something has to be waited for, or injected: tables, or a connection that the application has. */
  static forRootAsync<Access>(options: {
    imports?: ModuleMetadata["imports"];
    inject?: (InjectionToken | OptionalFactoryDependency)[];
    // biome-ignore lint/suspicious/noExplicitAny: what is injected is of any type
    useFactory(...injected: any[]): MaybePromise<GroupSyncModuleOptions<Access>>;
  }): DynamicModule {
    const { imports = [], inject = [], useFactory } = options;
    return {
      module: GroupSyncModule,
      global: true,
      imports,
      providers: [
        { provide: OPTIONS, inject, useFactory },
        { provide: GROUP_SYNC, inject: [OPTIONS], useFactory: ({ sync }: GroupSyncModuleOptions<Access>) => sync },
      ],
      exports: [OPTIONS, GROUP_SYNC],
    };
  }
}
// What these decorators do is done by hand, so that the package needs no compiler with decorators.
Module({})(GroupSyncModule);

/**
 * Lets in who is signed in and has one of these roles, or a higher one where the module knows their order. It is its own guard: 401 for
 * nobody, and 403 for somebody without the role.
 */
export function RequireRole<Role extends string = string>(
  ...roles: [Role, ...Role[]]
): ClassDecorator & MethodDecorator {
  const requireKnown = ({ roles: order }: Options) => {
    const unknown = order && roles.find((role) => !order.includes(role));
    if (unknown !== undefined)
      throw new Error(`@RequireRole(${JSON.stringify(unknown)}): expected one of ${order?.join(", ")}`);
  };
  return guarded((access, { roles: order }) => {
    const held = "roles" in access ? access.roles : access.role === null ? [] : [access.role];
    const rank = (role: string) => order?.indexOf(role) ?? -1;
    return held.some((role) => roles.some((required) => role === required || rank(role) > rank(required)));
  }, requireKnown);
}

/** Lets in who is signed in and is in one of these groups: 401 for nobody, and 403 for somebody who is in none of them. */
export function RequireGroup<Group extends string = string>(
  ...groups: [Group, ...Group[]]
): ClassDecorator & MethodDecorator {
  return guarded((access) => groups.some((group) => access.groups.includes(group)));
}

/** Lets in who is signed in, whatever they have. */
export const RequireLogin = (): ClassDecorator & MethodDecorator => guarded(() => true);

type Options = GroupSyncModuleOptions<unknown>;

/** A guard of its own for each decorator: Nest makes it when the application starts, so `check` fails the start. */
function guarded(
  may: (access: UserAccess, options: Options) => boolean,
  check: (options: Options) => void = () => {},
): ClassDecorator & MethodDecorator {
  class AccessGuard implements CanActivate {
    constructor(private readonly options: Options) {
      check(options);
    }

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const access = await this.options.accessOf(context.switchToHttp().getRequest(), context);
      if (!access) throw new UnauthorizedException("Sign in first.");
      if (!may(access, this.options)) throw new ForbiddenException("Your role or groups do not allow this.");
      return true;
    }
  }
  Inject(OPTIONS)(AccessGuard, undefined, 0);
  return UseGuards(mixin(AccessGuard as Type<AccessGuard>));
}
