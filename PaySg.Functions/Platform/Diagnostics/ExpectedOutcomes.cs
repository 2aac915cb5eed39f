using System.Diagnostics;
using OpenTelemetry;

namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>
/// A conflict that a transaction is answered with is how the product learns of another writer, and a missing row is an answer too. Azure's client, where somebody listens to it,
/// ends the step as failed all the same: a dependency that failed. Here it becomes one that did not.
/// </summary>
internal sealed class ExpectedOutcomes : BaseProcessor<Activity>
{
    private const string ErrorType = "error.type";
    private static readonly string[] Expected = ["EntityAlreadyExists", "UpdateConditionNotSatisfied", "ResourceNotFound"];

    public override void OnEnd(Activity data)
    {
        if (data.Status == ActivityStatusCode.Error
            && data.Source.Name.StartsWith("Azure.Data.Tables", StringComparison.Ordinal)
            && Expected.Contains(data.GetTagItem(ErrorType)))
        {
            data.SetStatus(ActivityStatusCode.Unset);
            data.SetTag(ErrorType, null);
        }
    }
}
