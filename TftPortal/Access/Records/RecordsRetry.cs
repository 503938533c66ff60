using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace TftPortal.Access.Records;

/// <summary>
/// Asks PostgreSQL once more where the connection turns out to be cut, as all those that were kept are after the server was restarted. EF's own ways either wrap the fault in another kind, which who expects a fault of the
/// database doesn't expect, or refuse transactions. In a transaction nothing is asked twice: a part of it is gone.
/// </summary>
internal sealed class RecordsRetry(ExecutionStrategyDependencies dependencies) : IExecutionStrategy
{
    private readonly DbContext context = dependencies.CurrentContext.Context;

    public bool RetriesOnFailure => false;

    /// <summary>Whether a fault says that the connection is gone, and not what was asked.</summary>
    public static bool IsCut(Exception? fault) => fault switch
    {
        null => false,
        PostgresException said => said.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.IdleSessionTimeout,
        NpgsqlException lost => lost.IsTransient,
        _ => IsCut(fault.InnerException),
    };

    public TResult Execute<TState, TResult>(TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
    {
        try
        {
            return operation(context, state);
        }
        catch (Exception fault) when (MayAskAgain(fault))
        {
            Forget(context);
            return operation(context, state);
        }
    }

    public async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation, Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded, CancellationToken cancellationToken = default)
    {
        try
        {
            return await operation(context, state, cancellationToken);
        }
        catch (Exception fault) when (MayAskAgain(fault))
        {
            Forget(context);
            return await operation(context, state, cancellationToken);
        }
    }

    /// <summary>Forgets the connections that are kept: the others are cut too.</summary>
    public static void Forget(DbContext context) => NpgsqlConnection.ClearPool((NpgsqlConnection)context.Database.GetDbConnection());

    private bool MayAskAgain(Exception fault) => context.Database.CurrentTransaction is null && IsCut(fault);
}
